/** Joins a run to the same work that is under way already, instead of paying for it twice. */
import { AppError } from "../../errors/app_error.ts";
import type { Job } from "../../platform/journal.ts";
import type { ProjectRecords } from "../../service/types.ts";
import type { CommandContext } from "../context.ts";
import { interrupted } from "../execute.ts";
import type { RunOutcome, StopReason } from "../generation/run_plan.ts";
import { followJob } from "./follow_job.ts";
import { JobEntry } from "./job_entry.ts";
import { billOf, LOST_AFTER_MS, outcomeOf } from "./records.ts";

/**
 * Follows the job to its end.
 *
 * @returns `undefined` when it turned out that nothing was ever sent
 * @throws AppError when the run is stopped first; the job itself goes on
 */
export async function attach(
  { host, report }: CommandContext,
  service: ProjectRecords,
  job: Job,
  stop: Promise<StopReason>,
): Promise<{ outcome: RunOutcome; entry: JobEntry } | undefined> {
  report.important(
    job.state === "finished"
      ? `The same job is done and paid for (${job.id}); fetching its results. --again pays for another.`
      : `The same job is under way already (${job.id}); waiting for it. --again pays for another.`,
  );
  if (job.state === "submitted" && !job.attended) {
    const seconds = LOST_AFTER_MS / 1000;
    report.note(
      `Its process is gone; within ${seconds} s it is clear whether its request arrived.`,
    );
  }
  const followed = await followJob(host, service, job, stop);
  const parts = { journal: host.journal, warn: (text: string) => report.warn(text) };
  const entry = followed.held ? new JobEntry(parts, followed.job) : new JobEntry(parts);
  if (!followed.records) {
    if (followed.job.projectIds.length === 0 && (followed.held || !followed.job.open)) {
      await entry.change({ forget: true });
      return undefined;
    }
    await entry.change({ release: true });
    throw stillRunning(job, await stop);
  }
  const { records } = followed;
  if (records.records.every((record) => !record || record.status === "unknown")) {
    const message = "The service does not know this project.";
    await entry.change({ state: "unknown", open: false, error: { code: "NO_OUTPUT", message } });
    return undefined;
  }
  const billed = billOf(records);
  if (billed !== undefined) await entry.change({ billed });
  return { outcome: await outcomeOf(service, followed.job, records), entry };
}

/** With `--detach` nothing is waited for: the handle of the job under way is the answer. */
export function nameExisting(
  { host, report }: CommandContext,
  job: Job,
): { outcome: RunOutcome; entry: JobEntry } {
  report.important(`The same job is under way already (${job.id}). --again pays for another.`);
  const parts = { journal: host.journal, warn: (text: string) => report.warn(text) };
  const projectIds = job.projectIds.filter((id) => id !== null);
  return {
    outcome: { outputs: [], projectIds, detached: { acknowledged: true } },
    entry: new JobEntry(parts, job, false),
  };
}

function stillRunning(job: Job, reason: StopReason): AppError {
  const details = { jobId: job.id, projectIds: job.projectIds, status: "running" };
  const hint = `Wait for it with: sogni-agent jobs wait ${job.id}`;
  if (reason.kind === "interrupt") {
    const error = interrupted(reason.signal, "Interrupted; the job that was waited for goes on.");
    return new AppError(error.code, error.message, {
      details: { ...error.details, ...details },
      hint,
    });
  }
  return new AppError("PROJECT_TIMEOUT", "The job that was waited for did not finish in time.", {
    details,
    hint,
  });
}
