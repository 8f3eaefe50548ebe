/** Which process looks after a job, and whether it still can. */
import { isProcessAlive } from "../../platform/process_alive.ts";
import type { Row } from "./sql.ts";

/** How often an owner says that it is there. */
export const BEAT_INTERVAL_MS = 15_000;

/** A process that runs but has been silent for this long got its number from a dead one. */
const SILENT_MS = 5 * 60_000;
/** The same where the system may not be asked whether the process runs. */
const SILENT_UNASKED_MS = 60_000;

/** Answers whether the owner of a row runs. */
export function createOwnerCheck(
  now: () => number,
  isAlive: (pid: number) => boolean | undefined = isProcessAlive,
): (row: Row) => boolean {
  return ({ owner, beat }) => {
    if (typeof owner !== "number") return false;
    const alive = isAlive(owner);
    if (alive === false) return false;
    const silent = now() - Number(beat);
    return silent < (alive ? SILENT_MS : SILENT_UNASKED_MS);
  };
}
