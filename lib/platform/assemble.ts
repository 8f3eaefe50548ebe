/** Builds a file from pieces of other files without holding it in memory. */
import { type FileHandle, open, rm } from "node:fs/promises";
import type { FilePart } from "./host.ts";
import { replaceFile } from "./replace_file.ts";

const BLOCK_BYTES = 2 * 1024 * 1024;
/** Bytes between two pieces that are cheaper to read along than to skip. */
const GAP_BYTES = 64 * 1024;

/**
 * Writes `parts` one after the other to `temporary`, flushes, and renames to `target`.
 *
 * @throws the system's error (`ENOENT` when the folder is missing), or one with code `EIO` when a
 * piece reaches past the end of its file; nothing is left behind
 */
export async function assembleFile(
  target: string,
  parts: readonly FilePart[],
  temporary: string,
): Promise<void> {
  const output = await open(temporary, "wx", 0o666);
  const sources = new Map<string, FileHandle>();
  try {
    const writer = new BlockWriter(output);
    for (let at = 0; at < parts.length;) {
      const part = parts[at];
      if (!part) break;
      if ("bytes" in part) {
        await writer.add(part.bytes);
        at++;
        continue;
      }
      at = await copyRun(parts, at, await sourceOf(part.path, sources), writer);
    }
    await writer.end();
    await output.sync();
    await output.close();
    await replaceFile(temporary, target);
  } catch (error) {
    await output.close().catch(() => {});
    await rm(temporary, { force: true });
    throw error;
  } finally {
    for (const source of sources.values()) await source.close().catch(() => {});
  }
}

/** Reads bytes of a file from `offset`; fewer come back at its end. */
export async function readFileRange(
  path: string,
  offset: number,
  length: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const handle = await open(path, "r");
  try {
    const buffer = new Uint8Array(length);
    return buffer.subarray(0, await readFully(handle, buffer, offset));
  } finally {
    await handle.close();
  }
}

async function sourceOf(path: string, sources: Map<string, FileHandle>): Promise<FileHandle> {
  const known = sources.get(path);
  if (known) return known;
  const handle = await open(path, "r");
  sources.set(path, handle);
  return handle;
}

/** Copies the pieces from `at` on that lie close together in one file; returns the next index. */
async function copyRun(
  parts: readonly FilePart[],
  at: number,
  source: FileHandle,
  writer: BlockWriter,
): Promise<number> {
  const first = parts[at];
  if (!first || "bytes" in first) return at;
  if (first.length > BLOCK_BYTES) {
    for (let done = 0; done < first.length; done += BLOCK_BYTES) {
      const length = Math.min(BLOCK_BYTES, first.length - done);
      await writer.add(await readExactly(source, first.offset + done, length, first.path));
    }
    return at + 1;
  }
  let end = first.offset + first.length;
  let next = at + 1;
  for (; next < parts.length; next++) {
    const part = parts[next];
    if (!part || "bytes" in part || part.path !== first.path) break;
    const partEnd = part.offset + part.length;
    if (part.offset < end || part.offset - end > GAP_BYTES) break;
    if (partEnd - first.offset > BLOCK_BYTES) break;
    end = partEnd;
  }
  const block = await readExactly(source, first.offset, end - first.offset, first.path);
  for (const part of parts.slice(at, next)) {
    if ("bytes" in part) continue;
    const from = part.offset - first.offset;
    await writer.add(block.subarray(from, from + part.length));
  }
  return next;
}

async function readExactly(
  handle: FileHandle,
  offset: number,
  length: number,
  path: string,
): Promise<Uint8Array> {
  const buffer = new Uint8Array(length);
  if (await readFully(handle, buffer, offset) < length) {
    throw Object.assign(new Error(`${path} ends before byte ${offset + length}`), { code: "EIO" });
  }
  return buffer;
}

async function readFully(handle: FileHandle, buffer: Uint8Array, offset: number): Promise<number> {
  let done = 0;
  while (done < buffer.length) {
    const { bytesRead } = await handle.read(buffer, done, buffer.length - done, offset + done);
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return done;
}

/** Gathers small pieces so that the system is asked once for each block. */
class BlockWriter {
  #block = new Uint8Array(BLOCK_BYTES);
  #used = 0;

  constructor(readonly handle: FileHandle) {}

  async add(bytes: Uint8Array): Promise<void> {
    if (bytes.length >= BLOCK_BYTES / 2) {
      await this.end();
      await this.#write(bytes);
      return;
    }
    if (this.#used + bytes.length > BLOCK_BYTES) await this.end();
    this.#block.set(bytes, this.#used);
    this.#used += bytes.length;
  }

  async end(): Promise<void> {
    const used = this.#used;
    this.#used = 0;
    await this.#write(this.#block.subarray(0, used));
  }

  async #write(bytes: Uint8Array): Promise<void> {
    for (let done = 0; done < bytes.length;) {
      const { bytesWritten } = await this.handle.write(bytes, done, bytes.length - done);
      done += bytesWritten;
    }
  }
}
