/** Makes folders, and says rightly why one cannot be made. */
import { existsSync, mkdirSync, rmdirSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import * as path from "node:path";

/** Makes a folder and those above it, where they are missing. */
export function makeDirNow(dir: string, mode?: number): void {
  if (existsSync(dir)) return;
  try {
    mkdirSync(dir, { recursive: true, ...(mode === undefined ? {} : { mode }) });
  } catch (error) {
    throw refusalOf(dir, error);
  }
}

/** Node says `ENOENT` for a folder that a read-only file system refuses; the system says why. */
function refusalOf(dir: string, error: unknown): unknown {
  if ((error as { code?: string }).code !== "ENOENT") return error;
  let first = dir;
  while (path.dirname(first) !== first && !existsSync(path.dirname(first))) {
    first = path.dirname(first);
  }
  try {
    mkdirSync(first);
    rmdirSync(first);
    return error;
  } catch (reason) {
    return reason;
  }
}

/** The same, without holding up the thread. */
export async function makeDir(dir: string, mode?: number): Promise<void> {
  if (existsSync(dir)) return;
  await mkdir(dir, { recursive: true, ...(mode === undefined ? {} : { mode }) })
    .catch((error: unknown) => {
      throw refusalOf(dir, error);
    });
}
