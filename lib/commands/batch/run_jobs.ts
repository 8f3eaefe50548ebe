/** Runs the jobs of a batch, a few at a time. */
import type { CommandOutcome, Execute } from "../../mcp/outcome.ts";
import { isDelivered } from "../../mcp/outcome.ts";
import type { BatchJob } from "./read_jobs.ts";

/** How the jobs ended. */
export interface BatchOutcome {
  readonly failed: readonly { job: BatchJob; outcome: CommandOutcome }[];
  /** Jobs that were never begun, because something failed that would fail them all. */
  readonly notStarted: readonly BatchJob[];
}

/** After these there is no point in beginning another job. */
const FOR_ALL = new Set(["insufficient_credits", "subscription_billing", "permission_required"]);

/** What a batch is run with. */
export interface BatchRun {
  readonly jobs: readonly BatchJob[];
  readonly concurrency: number;
  readonly execute: Execute;
  /** Aborted by an interrupt: jobs under way cancel what is paid for, no other is begun. */
  readonly signal: AbortSignal;
  /** Called one at a time; nothing more is begun before it is done. */
  onDelivered(job: BatchJob, outcome: CommandOutcome): Promise<void>;
  onFailed(job: BatchJob, outcome: CommandOutcome): void;
}

/** Never rejects for a job that fails. */
export async function runJobs(run: BatchRun): Promise<BatchOutcome> {
  const waiting = [...run.jobs];
  const failed: { job: BatchJob; outcome: CommandOutcome }[] = [];
  let stopped = false;
  let telling = Promise.resolve();
  const work = async () => {
    while (!stopped && !run.signal.aborted) {
      const job = waiting.shift();
      if (!job) return;
      const outcome = await run.execute(job.argv, { signal: run.signal });
      if (isDelivered(outcome)) {
        telling = telling.then(() => run.onDelivered(job, outcome));
        await telling;
        continue;
      }
      failed.push({ job, outcome });
      run.onFailed(job, outcome);
      stopped ||= FOR_ALL.has(String(outcome.object?.errorCategory));
    }
  };
  await Promise.all(Array.from({ length: run.concurrency }, work));
  failed.sort((a, b) => a.job.line - b.job.line);
  return { failed, notStarted: waiting };
}
