/** `HostFiles` on the real file system, the same on Deno and Node. */
import {
  closeSync,
  fchmodSync,
  fstatSync,
  fsyncSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  type Stats,
  statSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { lockFile, unlockFile } from "./file_lock.ts";
import type { FileInfo, HostFiles, WriteOptions } from "./host.ts";
import { makeDir, makeDirNow } from "./make_dir.ts";
import { refuseSpecialFile, replaceFile } from "./replace_file.ts";
import {
  leftovers,
  plainTemporaryName,
  sweepNowAndThen,
  temporaryFolderPrefix,
  temporaryName,
} from "./temporary.ts";

/** @param tempDir the system's temporary folder */
export function createFiles(tempDir: string): HostFiles {
  return {
    readText: async (file) =>
      new TextDecoder("utf-8", { ignoreBOM: true }).decode(await readBytes(file)),
    readBytes,
    writeAtomic,
    create: (file, data, options) => writeNew(file, data, options),
    readRange: async (...args) => (await import("./assemble.ts")).readFileRange(...args),
    async assemble(file, parts) {
      const { assembleFile } = await import("./assemble.ts");
      await beside(file, () => assembleFile(file, parts, temporaryName(file)));
    },
    copy: async (from, to, options) => await writeAtomic(to, await readBytes(from), options),
    rename: replaceFile,
    remove: (file) => fs.rm(file, { recursive: true, force: true }),
    makeDir: (dir, mode) => makeDir(dir, mode),
    chmod: (file, mode) => fs.chmod(file, mode),
    stat,
    list,
    realPath: (file) => fs.realpath(file),
    lock: lockFile,
    unlock: unlockFile,
    freeBytes,
    temporary: (file) => beside(file, () => Promise.resolve(plainTemporaryName(file))),
    probe,
    leftovers,
    async makeTempDir(prefix, { lasting = false } = {}) {
      const name = lasting ? prefix : temporaryFolderPrefix(prefix);
      return await beside(path.join(tempDir, name), () => fs.mkdtemp(path.join(tempDir, name)));
    },
  };
}

/** Does something to a file, and meanwhile clears its folder of what dead processes left. */
async function beside<Result>(file: string, work: () => Promise<Result>): Promise<Result> {
  const swept = sweepNowAndThen(path.dirname(file));
  try {
    return await work();
  } finally {
    await swept;
  }
}

/** At once, so that hardly anything can come between making and removing. */
async function probe(file: string): Promise<void> {
  await makeDir(path.dirname(file));
  // A name that is too long is not so when it is cut for a temporary one.
  lstatSync(file, { throwIfNoEntry: false });
  refuseSpecialFile(file);
  await beside(file, () => {
    const temporary = temporaryName(file);
    closeSync(openSync(temporary, "wx"));
    unlinkSync(temporary);
    return Promise.resolve();
  });
}

/** A file up to this size is read at once: waking the thread pool takes longer than reading it. */
const SMALL_FILE_BYTES = 256 * 1024;

async function readBytes(file: string, maxBytes?: number): Promise<Uint8Array<ArrayBuffer>> {
  const info = statSync(file);
  if (maxBytes !== undefined && info.size > maxBytes) {
    throw Object.assign(new Error(`${file} has ${info.size} bytes, more than ${maxBytes}`), {
      code: "EFBIG",
    });
  }
  if (!info.isFile() && !info.isDirectory()) {
    return await (await import("./read_endless.ts")).readEndless(file, maxBytes);
  }
  const buffer = info.size <= SMALL_FILE_BYTES ? readFileSync(file) : await fs.readFile(file);
  return new Uint8Array(buffer.buffer as ArrayBuffer, buffer.byteOffset, buffer.byteLength);
}

async function writeAtomic(
  file: string,
  data: string | Uint8Array,
  options: WriteOptions = {},
): Promise<void> {
  await makeDir(path.dirname(file), options.dirMode);
  refuseSpecialFile(file);
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory()) {
    throw Object.assign(new Error(`EISDIR: ${file} is a folder`), { code: "EISDIR" });
  }
  const temporary = temporaryName(file);
  await beside(file, async () => {
    try {
      await writeNew(temporary, data, options);
      if (options.exclusive) {
        await fs.link(temporary, file);
        await fs.rm(temporary, { force: true });
      } else {
        await replaceFile(temporary, file);
      }
    } catch (error) {
      await fs.rm(temporary, { force: true });
      throw error;
    }
  });
}

async function writeNew(
  file: string,
  data: string | Uint8Array,
  options: WriteOptions = {},
): Promise<void> {
  if (data.length <= SMALL_FILE_BYTES) return writeSmall(file, data, options);
  await makeDir(path.dirname(file), options.dirMode);
  const handle = await fs.open(file, "wx", options.mode ?? 0o666);
  try {
    await handle.writeFile(data);
    await handle.sync();
  } finally {
    await handle.close();
  }
  // The umask may only take bits away, so an exact mode needs a second step.
  if (options.mode !== undefined) await fs.chmod(file, options.mode).catch(() => {});
}

/** At once: each turn of the thread pool takes longer than writing so little. */
function writeSmall(file: string, data: string | Uint8Array, options: WriteOptions): void {
  makeDirNow(path.dirname(file), options.dirMode);
  const handle = openSync(file, "wx", options.mode ?? 0o666);
  try {
    writeFileSync(handle, data);
    fsyncSync(handle);
    if (options.mode !== undefined) makeExact(handle, options.mode);
  } finally {
    closeSync(handle);
  }
}

/** The umask may have taken bits away; file systems without modes refuse to change one. */
function makeExact(handle: number, mode: number): void {
  try {
    if ((fstatSync(handle).mode & 0o7777) !== mode) fchmodSync(handle, mode);
  } catch { /* it is as private as this file system can make it */ }
}

function stat(
  file: string,
  options: { followLinks?: boolean } = {},
): Promise<FileInfo | undefined> {
  try {
    const read = options.followLinks === false ? lstatSync : statSync;
    const info = read(file, { throwIfNoEntry: false });
    return Promise.resolve(info && describe(info));
  } catch (error) {
    const code = (error as { code?: string }).code;
    return code === "ENOENT" || code === "ENOTDIR"
      ? Promise.resolve(undefined)
      : Promise.reject(error);
  }
}

function describe(info: Stats): FileInfo {
  return {
    kind: info.isFile()
      ? "file"
      : info.isDirectory()
      ? "directory"
      : info.isSymbolicLink()
      ? "symlink"
      : "other",
    size: info.size,
    mode: info.mode & 0o7777,
    modifiedAt: Math.round(info.mtimeMs),
    uid: info.uid ?? -1,
  };
}

async function freeBytes(file: string): Promise<number> {
  const { bavail, bsize } = await fs.statfs(file);
  return bavail * bsize;
}

// deno-lint-ignore require-await
async function list(dir: string): Promise<string[]> {
  try {
    return readdirSync(dir).sort();
  } catch (error) {
    if ((error as { code?: string }).code === "ENOENT") return [];
    throw error;
  }
}
