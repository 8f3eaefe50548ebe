/** Reads and writes one private state file as a whole: bounded, atomic, 0600 in a 0700 folder. */
import { basename, dirname, join } from "node:path";
import { AppError } from "../errors/app_error.ts";
import type { Host } from "../platform/host.ts";
import { isTemporaryName } from "../platform/temporary.ts";
import { stateError, systemCode } from "./state_error.ts";

/** Larger files are not ours. */
export const MAX_STATE_BYTES = 64 * 1024 * 1024;

const PRIVATE = { mode: 0o600, dirMode: 0o700 } as const;

type Machine = Pick<Host, "files" | "facts">;

/**
 * The text of a file.
 *
 * @returns `undefined` when it does not exist
 * @throws AppError STATE_READ_FAILED
 */
export async function readStateText(
  { files }: Machine,
  path: string,
  maxBytes = MAX_STATE_BYTES,
): Promise<string | undefined> {
  try {
    const info = await files.stat(path);
    if (!info) return undefined;
    if (info.kind === "directory") throw Object.assign(new Error(path), { code: "EISDIR" });
    // A pipe or device would block or never end.
    if (info.kind !== "file") throw Object.assign(new Error(path), { code: "ENOTFILE" });
    const bytes = await files.readBytes(path, maxBytes);
    return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  } catch (error) {
    if (systemCode(error) === "ENOENT") return undefined;
    throw stateError("read", path, error);
  }
}

/**
 * Replaces a file at once: a crash leaves the old text or the new one. Call it under the lock of
 * the same path.
 *
 * @param path where the file really is, see {@link writeTarget}
 * @throws AppError STATE_WRITE_FAILED
 */
export async function writeStateText(
  { files }: Machine,
  path: string,
  text: string,
): Promise<void> {
  try {
    const info = await files.stat(path);
    // Renaming over a write-protected file would succeed; the protection was meant.
    if (info && info.mode !== 0 && (info.mode & 0o200) === 0) {
      throw Object.assign(new Error(path), { code: "EACCES" });
    }
    await sweep(files, path);
    await files.writeAtomic(path, text, PRIVATE);
  } catch (error) {
    throw stateError("write", path, error);
  }
}

/**
 * The file that a write must go to: `path`, or what it links to. A link is followed only to a
 * regular file of the same owner, so that nobody can lead a write to a file of someone else.
 *
 * @throws AppError STATE_WRITE_FAILED
 */
export async function writeTarget({ files, facts }: Machine, path: string): Promise<string> {
  try {
    const link = await files.stat(path, { followLinks: false });
    if (link?.kind !== "symlink") return path;
    const target = await files.stat(path);
    const home = await files.stat(facts.home);
    if (target?.kind !== "file" || target.uid !== (home?.uid ?? link.uid)) {
      throw new AppError(
        "STATE_WRITE_FAILED",
        `${path} is a link to ${target ? "something that is not a file of yours" : "nothing"}.`,
        { details: { path, cause: "ELOOP" }, hint: "Replace the link by a file, or remove it." },
      );
    }
    return await files.realPath(path);
  } catch (error) {
    throw stateError("write", path, error);
  }
}

/** Removes temporary files that a killed process left; under the lock nobody else has any. */
async function sweep(files: Host["files"], path: string): Promise<void> {
  for (const name of await files.list(dirname(path)).catch(() => [])) {
    if (isTemporaryName(name, basename(path))) {
      await files.remove(join(dirname(path), name)).catch(() => {});
    }
  }
}
