/** What an application id looks like, and reading and making the file that keeps one. */
import { AppError } from "../errors/app_error.ts";
import type { Host } from "../platform/host.ts";
import { stateError, systemCode } from "./state_error.ts";

const MAX_LENGTH = 256;

type Files = Host["files"];

/** A new id. */
export function newAppId(): string {
  return `sogni-agent-${crypto.randomUUID()}`;
}

/**
 * The trimmed id.
 *
 * @throws AppError INVALID_APP_ID
 */
export function usableAppId(text: string, source: string): string {
  const id = text.trim();
  // deno-lint-ignore no-control-regex
  if (id !== "" && id.length <= MAX_LENGTH && !/[\u0000-\u001f\u007f]/.test(id)) return id;
  throw new AppError("INVALID_APP_ID", `The application id from ${source} cannot be used.`, {
    details: { source, length: id.length, max: MAX_LENGTH },
    hint: `It must be one line of 1 to ${MAX_LENGTH} characters. Correct it, or remove ${source}.`,
  });
}

/**
 * The id that a file keeps; the file is made at the first use and never replaced.
 *
 * @param first the id of a new file
 * @throws AppError INVALID_APP_ID, APP_ID_PERSISTENCE_FAILED
 */
export async function keptAppId(files: Files, path: string, first = newAppId()): Promise<string> {
  try {
    const kept = await readAppId(files, path);
    if (kept !== undefined) return kept;
    // A name that appears with its whole content: another process never sees half of it.
    await files.writeAtomic(path, `${first}\n`, { mode: 0o600, dirMode: 0o700, exclusive: true });
    return first;
  } catch (error) {
    if (systemCode(error) === "EEXIST") return await keptAppId(files, path, first);
    throw persistenceError(path, error);
  }
}

/** The id in a file, or `undefined` when there is no file. */
export async function readAppId(files: Files, path: string): Promise<string | undefined> {
  const info = await files.stat(path);
  if (!info) return undefined;
  if (info.kind !== "file" || info.size > 4 * MAX_LENGTH) return usableAppId("", path);
  return usableAppId(await files.readText(path), path);
}

/** The error of an id that could not be kept. */
export function persistenceError(path: string, error: unknown): AppError {
  if (error instanceof AppError && !error.code.startsWith("STATE_")) return error;
  const cause = stateError("write", path, error);
  return new AppError("APP_ID_PERSISTENCE_FAILED", cause.message, {
    details: { ...cause.details },
    hint: `${cause.hint ?? "Make the folder writable."} Or set SOGNI_APP_ID to an id of your own.`,
    cause: error,
  });
}
