/** `node:sqlite`, loaded when first needed and without Node's notice that it is experimental. */
import process from "node:process";

/** The module's exports. */
export type Sqlite = typeof import("node:sqlite");

let loaded: Promise<Sqlite> | undefined;

/** Loads the module once. */
export function loadSqlite(): Promise<Sqlite> {
  loaded ??= importQuietly();
  return loaded;
}

async function importQuietly(): Promise<Sqlite> {
  const emitWarning = process.emitWarning;
  const quiet = (warning: string | Error, ...rest: unknown[]) => {
    if (String(warning).includes("SQLite is an experimental feature")) return;
    Reflect.apply(emitWarning, process, [warning, ...rest]);
  };
  process.emitWarning = quiet as typeof process.emitWarning;
  try {
    return await import("node:sqlite");
  } finally {
    process.emitWarning = emitWarning;
  }
}
