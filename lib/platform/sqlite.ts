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

/** The module at once, for the end of the process, when nothing can be waited for. */
export function loadSqliteNow(): Sqlite {
  return quietly(() => process.getBuiltinModule("node:sqlite"));
}

function importQuietly(): Promise<Sqlite> {
  return quietly(() => import("node:sqlite"));
}

function quietly<T>(load: () => T): T {
  const emitWarning = process.emitWarning;
  const quiet = (warning: string | Error, ...rest: unknown[]) => {
    if (String(warning).includes("SQLite is an experimental feature")) return;
    Reflect.apply(emitWarning, process, [warning, ...rest]);
  };
  process.emitWarning = quiet as typeof process.emitWarning;
  const restore = () => process.emitWarning = emitWarning;
  try {
    const loaded = load();
    if (loaded instanceof Promise) loaded.then(restore, restore);
    else restore();
    return loaded;
  } catch (error) {
    restore();
    throw error;
  }
}
