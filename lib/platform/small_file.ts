/** Reads small files at once, on the start-up path, where nothing else is to be loaded. */
import { existsSync, readFileSync, realpathSync } from "node:fs";

const MAX_LENGTH = 64 * 1024;

/** The text of a file; `undefined` when it is absent, unreadable, or too long to be a small one. */
export function readSmallFile(path: string): string | undefined {
  try {
    const text = readFileSync(path, "utf8");
    return text.length <= MAX_LENGTH ? text : undefined;
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
