/** Turns the system's refusal to read or write a state file into an error with a next step. */
import { AppError } from "../errors/app_error.ts";
import type { ErrorCode } from "../errors/registry.ts";

/** What was tried. */
export type StateAction = "read" | "write";

const CODES: Readonly<Record<StateAction, ErrorCode>> = {
  read: "STATE_READ_FAILED",
  write: "STATE_WRITE_FAILED",
};

/** What the system's codes mean and what helps. */
const CAUSES: Readonly<Record<string, readonly [meaning: string, hint: string]>> = {
  EACCES: ["permission denied", "Give your user access to the file and its folder."],
  EPERM: ["permission denied", "Give your user access to the file and its folder."],
  EROFS: ["the file system is read-only", "Choose a path that can be written."],
  ENOSPC: ["the disk is full", "Free some space, then run the command again."],
  EDQUOT: ["the disk quota is used up", "Free some space, then run the command again."],
  EISDIR: ["it is a folder", "Move the folder away or choose another path."],
  ENOTFILE: ["it is no regular file", "Move it away or choose another path."],
  ENOTDIR: ["a part of its path is a file", "Choose a path whose folders are folders."],
  EEXIST: ["a part of its path is a file", "Choose a path whose folders are folders."],
  ENAMETOOLONG: ["the name is too long", "Choose a shorter path."],
  ELOOP: ["its links lead in a circle", "Remove the link."],
  EFBIG: ["it is too large to be a state file", "Move the file away."],
};

/**
 * @param path the file as it was asked for
 * @returns the error itself when it is an `AppError` already
 */
export function stateError(action: StateAction, path: string, error: unknown): AppError {
  if (error instanceof AppError) return error;
  const cause = systemCode(error);
  const [meaning, hint] = CAUSES[cause] ??
    [error instanceof Error ? error.message : String(error), undefined];
  return new AppError(
    CODES[action],
    `${path} cannot be ${action === "read" ? "read" : "written"}: ${meaning}.`,
    {
      details: { path, cause },
      ...(hint ? { hint } : {}),
      cause: error,
    },
  );
}

/** The system's code (`EACCES`), else the name of the error. */
export function systemCode(error: unknown): string {
  const { code, name } = (error ?? {}) as { code?: unknown; name?: unknown };
  return typeof code === "string" ? code : String(name ?? "unknown");
}
