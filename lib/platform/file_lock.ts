/**
 * A lock between processes.
 *
 * The holder has an exclusive SQLite transaction on an empty file, which is a lock of the operating
 * system: it ends with the process, also after SIGKILL. So there are no stale locks, nothing has to
 * be stolen, and no process needs the right to look at other processes, which a command without
 * permission to run programs does not have.
 */
import { randomUUID } from "node:crypto";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { loadSqlite } from "./sqlite.ts";

interface Transaction {
  exec(sql: string): void;
  close(): void;
}

const held = new Map<string, Transaction>();

/**
 * Takes the lock, waiting up to `timeoutMs`.
 *
 * @returns a token for {@link unlockFile}, or `undefined` when the time is over
 * @throws the system's error when the lock file cannot be made or opened
 */
export async function lockFile(file: string, timeoutMs: number): Promise<string | undefined> {
  const { DatabaseSync } = await loadSqlite();
  const deadline = performance.now() + timeoutMs;
  await makePrivateFile(file);
  const transaction: Transaction = new DatabaseSync(file);
  while (!begin(transaction)) {
    if (performance.now() >= deadline) {
      transaction.close();
      return undefined;
    }
    await pause();
  }
  const token = randomUUID();
  held.set(token, transaction);
  return token;
}

/** Gives the lock back; a token that is not held is ignored. */
export function unlockFile(token: string): Promise<void> {
  held.get(token)?.close();
  held.delete(token);
  return Promise.resolve();
}

function begin(transaction: Transaction): boolean {
  try {
    transaction.exec("PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE");
    return true;
  } catch (error) {
    if (isBusy(error)) return false;
    transaction.close();
    throw error;
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && /database is locked|SQLITE_BUSY/i.test(error.message);
}

/** SQLite itself would make the file readable by all. */
async function makePrivateFile(file: string): Promise<void> {
  await fs.mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  try {
    // Exclusively: closing a second descriptor of the file would drop a lock this process holds.
    await (await fs.open(file, "wx", 0o600)).close();
  } catch (error) {
    if ((error as { code?: string }).code !== "EEXIST") throw error;
  }
}

/** A random wait, so that many waiting processes do not march in step. */
function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 2 + Math.random() * 18));
}
