/** Changes a small file at once, for the end of the process, when nothing can be waited for. */
import * as fs from "node:fs";
import { dirname } from "node:path";
import { beginLock } from "./file_lock.ts";
import { readSmallFile } from "./small_file.ts";
import { loadSqliteNow } from "./sqlite.ts";
import { temporaryName } from "./temporary.ts";

/**
 * Changes a file under the lock that `HostFiles.lock` takes on `PATH.lock`.
 *
 * @param change gets the text and returns the new one, or `undefined` to leave it
 * @returns false when another process holds the lock
 * @throws the system's error when the file cannot be written
 */
export function changeSmallFile(
  path: string,
  change: (text: string | undefined) => string | undefined,
): boolean {
  const lock = `${path}.lock`;
  fs.mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  if (!fs.existsSync(lock)) fs.closeSync(fs.openSync(lock, "a", 0o600));
  const { DatabaseSync } = loadSqliteNow();
  const transaction = new DatabaseSync(lock);
  try {
    if (!begin(transaction)) return false;
    const text = change(readSmallFile(path));
    if (text !== undefined) replace(path, text);
    return true;
  } finally {
    transaction.close();
  }
}

function begin(transaction: { exec(sql: string): void }): boolean {
  try {
    beginLock(transaction);
    return true;
  } catch (error) {
    if (error instanceof Error && /locked|busy/i.test(error.message)) return false;
    throw error;
  }
}

function replace(path: string, text: string): void {
  const temporary = temporaryName(path);
  try {
    fs.writeFileSync(temporary, text, { flag: "wx", mode: 0o600, flush: true });
    fs.renameSync(temporary, path);
  } catch (error) {
    fs.rmSync(temporary, { force: true });
    throw error;
  }
}
