/** Reads small files at once, on the start-up path, where nothing else is to be loaded. */
import { existsSync, readFileSync, realpathSync, statSync } from "node:fs";

const MAX_BYTES = 64 * 1024;

/** The text of a file; `undefined` when it is absent, unreadable, or too large to be a small one. */
export function readSmallFile(path: string): string | undefined {
  try {
    const info = statSync(path, { throwIfNoEntry: false });
    return info?.isFile() && info.size <= MAX_BYTES ? readFileSync(path, "utf8") : undefined;
  } catch {
    return undefined;
  }
}

/** Whether something is there. */
export function isThere(path: string): boolean {
  return existsSync(path);
}

/** The path with every link followed; the path itself where that fails. */
export function resolvedPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
