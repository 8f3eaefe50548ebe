/**
 * A JSON state file: read whole, changed under a lock, replaced at once. A file that cannot be
 * understood is moved aside and reported; it is never overwritten.
 */
import { AppError } from "../errors/app_error.ts";
import type { Host } from "../platform/host.ts";
import { withLock } from "./lock.ts";
import { stateError } from "./state_error.ts";
import { readStateText, writeStateText, writeTarget } from "./state_file.ts";

type Machine = Pick<Host, "files" | "facts">;

/** Checks the shape of what was parsed; `undefined` when it is not as it should be. */
export type ShapeCheck<T> = (value: unknown) => T | undefined;

/**
 * Reads without a lock: a writer replaces the file at once, so a reader sees the old or the new.
 *
 * @returns `undefined` when there is no file, or an empty one
 * @throws AppError STATE_FILE_DAMAGED, STATE_READ_FAILED
 */
export async function readJsonFile<T>(
  host: Machine,
  path: string,
  check: ShapeCheck<T>,
): Promise<T | undefined> {
  const read = understand(await readStateText(host, path), check);
  if (read !== "damaged") return read?.value;
  const again = await keepAside(host, path, check);
  return again?.value;
}

/**
 * Reads, changes and writes under the lock of the file.
 *
 * @param change gets the present value (`undefined`: none) and returns what to write, or
 *   `undefined` to leave the file as it is
 * @returns what `change` returned
 */
export async function updateJsonFile<T>(
  host: Machine,
  path: string,
  check: ShapeCheck<T>,
  change: (current: T | undefined) => T | undefined | Promise<T | undefined>,
): Promise<T | undefined> {
  const target = await writeTarget(host, path);
  return await withLock(host, target, async () => {
    const read = understand(await readStateText(host, target), check);
    if (read === "damaged") throw await moveAside(host, target);
    const next = await change(read?.value);
    if (next !== undefined) await writeStateText(host, target, JSON.stringify(next, null, 2));
    return next;
  });
}

type Understood<T> = { value: T } | undefined | "damaged";

function understand<T>(text: string | undefined, check: ShapeCheck<T>): Understood<T> {
  // An empty file holds nothing that could be lost.
  if (text === undefined || /^\ufeff?\s*$/.test(text)) return undefined;
  try {
    const value = check(JSON.parse(text.replace(/^\ufeff/, "")));
    return value === undefined ? "damaged" : { value };
  } catch {
    return "damaged";
  }
}

/** Looks once more under the lock, because a writer may have replaced the file meanwhile. */
async function keepAside<T>(
  host: Machine,
  path: string,
  check: ShapeCheck<T>,
): Promise<{ value: T } | undefined> {
  const target = await writeTarget(host, path).catch(() => path);
  return await withLock(host, target, async () => {
    const read = understand(await readStateText(host, target), check);
    if (read === "damaged") throw await moveAside(host, target);
    return read;
  }).catch((error: unknown) => {
    if (error instanceof AppError && error.code === "STATE_FILE_DAMAGED") throw error;
    // In a folder that cannot be written the file stays where it is, and is still reported.
    throw damaged(path, undefined, error);
  });
}

/** Moves a damaged file to `PATH.damaged-TIME` and returns the error that says so. */
export async function moveAside({ files }: Machine, path: string): Promise<AppError> {
  const stamp = new Date().toISOString().replace(/[-:]/g, "").replace(".", "-");
  const aside = `${path}.damaged-${stamp}`;
  try {
    await files.rename(path, aside);
    await files.chmod(aside, 0o600).catch(() => {});
    return damaged(path, aside);
  } catch (error) {
    return damaged(path, undefined, stateError("write", path, error));
  }
}

function damaged(path: string, keptAt: string | undefined, cause?: unknown): AppError {
  return new AppError("STATE_FILE_DAMAGED", `${path} cannot be understood.`, {
    details: { path, keptAt: keptAt ?? null },
    hint: keptAt
      ? `It was kept as ${keptAt}. Repair it and move it back, or run the command again to start anew.`
      : "It was left where it is. Repair it or move it away.",
    ...(cause === undefined ? {} : { cause }),
  });
}
