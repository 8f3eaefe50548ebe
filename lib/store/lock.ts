/** Runs one change of a state file at a time, over all processes. */
import { AppError } from "../errors/app_error.ts";
import type { Host } from "../platform/host.ts";
import { stateError } from "./state_error.ts";

/** A change takes milliseconds; even a long queue is through by then. */
const DEADLINE_MS = 15_000;

/**
 * Holds the lock `PATH.lock` while `act` runs. The system releases it when the process ends,
 * however it ends.
 *
 * @throws AppError STATE_LOCKED when another process keeps it past the deadline
 */
export async function withLock<T>(
  { files }: Pick<Host, "files">,
  path: string,
  act: () => Promise<T>,
  deadlineMs = DEADLINE_MS,
): Promise<T> {
  const lock = `${path}.lock`;
  const token = await files.lock(lock, deadlineMs).catch((error: unknown) => {
    throw stateError("write", path, error);
  });
  if (token === undefined) {
    throw new AppError("STATE_LOCKED", `${path} is being changed by another process.`, {
      details: { path, waitedMs: deadlineMs },
      hint: "Wait for the other sogni-agent to finish, then run the command again.",
    });
  }
  try {
    return await act();
  } finally {
    await files.unlock(token);
  }
}
