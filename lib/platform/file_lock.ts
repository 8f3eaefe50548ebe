/**
 * A lock between processes.
 *
 * The holder has an exclusive SQLite transaction on an empty file, which is a lock of the operating
 * system: it ends with the process, also after SIGKILL. So there are no stale locks, nothing has to
 * be stolen, and no process needs the right to look at other processes, which a command without
 * permission to run programs does not have.
 */
import * as fs from "node:fs";
import * as path from "node:path";
import { makeDirNow } from "./make_dir.ts";
import { loadSqliteNow } from "./sqlite.ts";

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
  const { DatabaseSync } = loadSqliteNow();
  const deadline = performance.now() + timeoutMs;
  makePrivateFile(file);
  const transaction: Transaction = open(() => new DatabaseSync(file));
  while (!begin(transaction)) {
    if (performance.now() >= deadline) {
      transaction.close();
      return undefined;
    }
    await pause();
  }
  const token = crypto.randomUUID();
  held.set(token, transaction);
  return token;
}

/** Gives the lock back; a token that is not held is ignored. */
export function unlockFile(token: string): Promise<void> {
  held.get(token)?.close();
  held.delete(token);
  return Promise.resolve();
}

function open<T>(act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw systemError(error);
  }
}

function begin(transaction: Transaction): boolean {
  try {
    beginLock(transaction);
    return true;
  } catch (error) {
    if (isBusy(error)) return false;
    transaction.close();
    throw systemError(error);
  }
}

/**
 * Begins the transaction that is the lock. Nothing is ever written in it, so that its journal may
 * stay in memory: a full disk hinders no lock, and no file comes and goes beside the lock's own.
 *
 * @throws SQLite's error, also while another process has the lock
 */
export function beginLock(transaction: { exec(sql: string): void }): void {
  transaction.exec("PRAGMA busy_timeout = 0; PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE");
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && /database is locked|SQLITE_BUSY/i.test(error.message);
}

/** SQLite's words for what the system said. */
const SYSTEM_CODES: readonly [words: RegExp, code: string][] = [
  [/disk is full/i, "ENOSPC"],
  [/readonly database|unable to open|access permission denied/i, "EACCES"],
];

function systemError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const [, code] = SYSTEM_CODES.find(([words]) => words.test(error.message)) ?? [];
  return code === undefined ? error : Object.assign(new Error(error.message), { code });
}

/** SQLite itself would make the file readable by all. */
function makePrivateFile(file: string): void {
  if (fs.existsSync(file)) return;
  makeDirNow(path.dirname(file), 0o700);
  try {
    // Exclusively: closing a second descriptor of the file would drop a lock this process holds.
    fs.closeSync(fs.openSync(file, "wx", 0o600));
  } catch (error) {
    if ((error as { code?: string }).code !== "EEXIST") throw error;
  }
}

/** A random wait, so that many waiting processes do not march in step. */
function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 2 + Math.random() * 18));
}
