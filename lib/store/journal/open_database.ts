/** Opens the journal's database: private, crash-safe, and never in the way when it is damaged. */
import { mkdir, open, rename } from "node:fs/promises";
import { dirname } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { lockFile, unlockFile } from "../../platform/file_lock.ts";
import { loadSqlite } from "../../platform/sqlite.ts";
import { prepareSchema } from "./schema.ts";

/** An open database. */
export interface OpenedDatabase {
  database: DatabaseSync;
  /** Where a damaged one was moved to before this one was made. */
  keptAt?: string;
}

const BUSY_TIMEOUT_MS = 5000;
const LOCK_TIMEOUT_MS = 5000;

/**
 * Opens or makes the database. One that is damaged is moved to `PATH.damaged-TIME` and a new one
 * takes its place.
 *
 * @throws the system's or SQLite's error when the database cannot be used
 */
export async function openDatabase(path: string): Promise<OpenedDatabase> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await makePrivate(path);
  try {
    return { database: await tryOpen(path) };
  } catch (error) {
    if (!isDamage(error)) throw error;
    return await replaceDamaged(path);
  }
}

/** Whether SQLite says that the file is not, or no longer, a database. */
export function isDamage(error: unknown): boolean {
  return error instanceof Error &&
    /file is not a database|disk image is malformed|malformed database schema/i.test(error.message);
}

async function replaceDamaged(path: string): Promise<OpenedDatabase> {
  const token = await lockFile(`${path}.lock`, LOCK_TIMEOUT_MS);
  if (token === undefined) throw new Error(`${path} is damaged and another process repairs it`);
  try {
    // Another process may have replaced it while this one waited for the lock.
    return { database: await tryOpen(path) };
  } catch (error) {
    if (!isDamage(error)) throw error;
    const stamp = new Date().toISOString().replace(/[-:]/g, "").replace(".", "-");
    const keptAt = `${path}.damaged-${stamp}`;
    await rename(path, keptAt);
    // What belongs to the damaged file would spoil the new one.
    for (const suffix of ["-wal", "-shm"]) {
      await rename(`${path}${suffix}`, `${keptAt}${suffix}`).catch(() => {});
    }
    await makePrivate(path);
    return { database: await tryOpen(path), keptAt };
  } finally {
    await unlockFile(token);
  }
}

async function tryOpen(path: string): Promise<DatabaseSync> {
  const { DatabaseSync } = await loadSqlite();
  const database = new DatabaseSync(path);
  try {
    database.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`);
    useWriteAheadLog(database);
    // What was answered as written must survive a power cut: the request goes out right after it.
    database.exec("PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON");
    prepareSchema(database);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** The switch does not wait for others as ordinary statements do. */
function useWriteAheadLog(database: DatabaseSync): void {
  const deadline = performance.now() + BUSY_TIMEOUT_MS;
  for (;;) {
    try {
      return database.exec("PRAGMA journal_mode = WAL");
    } catch (error) {
      const busy = error instanceof Error && /locked|busy/i.test(error.message);
      if (!busy || performance.now() > deadline) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}

/** SQLite itself would make the file readable by all; its side files copy the mode of this one. */
async function makePrivate(path: string): Promise<void> {
  try {
    await (await open(path, "wx", 0o600)).close();
  } catch (error) {
    if ((error as { code?: string }).code !== "EEXIST") throw error;
  }
}
