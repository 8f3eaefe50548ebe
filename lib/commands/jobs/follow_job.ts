/** Waits for a job that this process did not send, or sent and lost sight of. */
import { AppError } from "../../errors/app_error.ts";
import type { Host } from "../../platform/host.ts";
import type { Job } from "../../platform/journal.ts";
import type { ProjectRecords } from "../../service/types.ts";
import { type JobRecords, lookUpJob } from "./records.ts";

/** A job that was followed. */
export interface FollowedJob {
  job: Job;
  /** This process looks after the job now: it has to close it or let it go. */
  held: boolean;
  /** What the service says; absent while the job runs, or when nothing was sent. */
  records?: JobRecords;
}

const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 3000;
/** Look-ups that fail for this long end the waiting. */
const PATIENCE_MS = 60_000;

/**
 * Follows a job until it has ended or `stop` is kept. While another process looks after it, only
 * the journal is read; when that process is gone, this one takes over and asks the service.
 *
 * @throws AppError when the service cannot be asked for a minute
 */
export async function followJob(
  { journal }: Pick<Host, "journal">,
  service: ProjectRecords,
  given: Job,
  stop: Promise<unknown>,
): Promise<FollowedJob> {
  let stopped = false;
  stop.then(() => stopped = true, () => stopped = true);
  let job = given;
  let held = false;
  let failingSince: number | undefined;
  for (let wait = FIRST_PAUSE_MS;; wait = Math.min(wait * 1.3, LONGEST_PAUSE_MS)) {
    if (!held) job = await journal({ call: "find", id: job.id }) ?? job;
    if (!held && job.open && !job.attended) {
      const claimed = await journal({ call: "claim", job: job.id });
      held = claimed !== null;
      job = claimed ?? job;
    }
    try {
      if (held || !job.open) {
        if (job.projectIds.length === 0) return { job, held };
        const records = await lookUpJob(service, job, Date.now());
        if (records.ended || stopped) return { job, held, ...(records.ended ? { records } : {}) };
      }
      failingSince = undefined;
    } catch (error) {
      if (!(error instanceof AppError) || error.code === "INVALID_API_KEY") throw error;
      failingSince ??= performance.now();
      if (performance.now() - failingSince > PATIENCE_MS) throw error;
    }
    if (stopped) return { job, held };
    await pause(wait, stop);
  }
}

/** Ends early when `stop` is kept. */
async function pause(milliseconds: number, stop: Promise<unknown>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const over = new Promise<void>((resolve) => timer = setTimeout(resolve, milliseconds));
  await Promise.race([stop, over]);
  clearTimeout(timer);
}
