/** Tables of the journal. */
import type { DatabaseSync } from "node:sqlite";
import { firstRow } from "./sql.ts";

/** Version of the tables; a journal of a later one is left alone. */
export const SCHEMA_VERSION = 1;

// `open` is 1 or NULL: the index over it holds open jobs only, so that asking for them costs
// nothing when there are none.
const TABLES = `
  CREATE TABLE jobs (
    id TEXT PRIMARY KEY,
    plan_hash TEXT NOT NULL,
    plan TEXT NOT NULL,
    prompt TEXT NOT NULL,
    model TEXT NOT NULL,
    medium TEXT NOT NULL,
    count INTEGER NOT NULL,
    token_type TEXT NOT NULL,
    endpoint TEXT NOT NULL,
    account TEXT NOT NULL,
    sandbox INTEGER NOT NULL,
    access TEXT,
    destination TEXT,
    state TEXT NOT NULL,
    open INTEGER,
    app_id TEXT,
    owner INTEGER,
    beat INTEGER,
    error TEXT,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX jobs_open ON jobs (open) WHERE open IS NOT NULL;
  CREATE INDEX jobs_created ON jobs (created_at);
  CREATE TABLE projects (
    job TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    id TEXT NOT NULL,
    PRIMARY KEY (job, position)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE files (
    job TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    path TEXT NOT NULL,
    PRIMARY KEY (job, position)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE ledger (
    job TEXT PRIMARY KEY,
    day TEXT NOT NULL,
    endpoint TEXT NOT NULL,
    account TEXT NOT NULL,
    token_type TEXT NOT NULL,
    sent INTEGER NOT NULL,
    estimated REAL,
    billed REAL
  ) STRICT;
  CREATE INDEX ledger_day ON ledger (day);
  PRAGMA user_version = ${SCHEMA_VERSION};
`;

/**
 * Makes the tables of a new database.
 *
 * @throws Error when a later version of the program made the database
 */
export function prepareSchema(database: DatabaseSync): void {
  if (versionOf(database) === SCHEMA_VERSION) return;
  database.exec("BEGIN IMMEDIATE");
  try {
    // Another process may have made them while this one waited.
    const version = versionOf(database);
    if (version > SCHEMA_VERSION) {
      throw new Error(`it was made by a later version of sogni-agent (schema ${version})`);
    }
    if (version === 0) database.exec(TABLES);
    database.exec("COMMIT");
  } catch (error) {
    database.exec("ROLLBACK");
    throw error;
  }
}

function versionOf(database: DatabaseSync): number {
  return Number(firstRow(database, "PRAGMA user_version")?.user_version ?? 0);
}
