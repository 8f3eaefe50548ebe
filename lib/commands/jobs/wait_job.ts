/** `jobs wait`: follows one job to its end and saves what it made. */
import { AppError } from "../../errors/app_error.ts";
import type { ErrorCode } from "../../errors/registry.ts";
import { ERRORS } from "../../errors/registry.ts";
import type { Job } from "../../platform/journal.ts";
import { timerMs } from "../../platform/timer_limit.ts";
import type { CommandContext } from "../context.ts";
import { interrupted } from "../execute.ts";
import { isHosted } from "../hosted/hosted_entry.ts";
import type { StopReason } from "../generation/run_plan.ts";
import { askJournal, findJob } from "./ask_journal.ts";
import { type CollectedJob, collectJob } from "./collect_job.ts";
import { followJob } from "./follow_job.ts";
import { jobLine, jobObject } from "./job_object.ts";
import { JobServices } from "./job_service.ts";
import { planOf } from "./records.ts";

/** Waits at most `--timeout` seconds; a job that still runs then is no failure. */
export async function waitForJob(context: CommandContext, id: string | undefined): Promise<number> {
  const { invocation, host } = context;
  const job = await findJob(context, id);
  if (isHosted(job)) {
    const { waitForHostedJob } = await import("./hosted_jobs.ts");
    return await waitForHostedJob(context, job);
  }
  if (!job.open) return reportEnded(context, job);
  const services = new JobServices(context);
  const timer: { id?: ReturnType<typeof setTimeout> } = {};
  const stop = new Promise<StopReason>((resolve) => {
    const seconds = invocation.options.timeout ?? planOf(job).timeoutSeconds;
    timer.id = setTimeout(() => resolve({ kind: "timeout" }), timerMs(seconds));
    context.onInterrupt((signal) => resolve({ kind: "interrupt", signal }));
  });
  try {
    const service = await services.records(job);
    const { allowLoopback } = await services.accessTo(job);
    context.report.note(`Waiting for job ${job.id}...`);
    const followed = await followJob(host, service, job, stop);
    const now = followed.job;
    if (followed.held && followed.records) {
      const { records } = followed;
      const collected = await collectJob({ context, service, job: now, records, allowLoopback });
      return await reportCollected(context, collected);
    }
    if (followed.held && now.projectIds.length === 0) {
      const message = "The command ended before anything was sent.";
      const error = { code: "NO_OUTPUT", message };
      await change(context, now, { state: "failed", open: false, error });
      return reportEnded(context, { ...now, state: "failed", open: false, error });
    }
    if (followed.held) await change(context, now, { release: true });
    if (!now.open) return reportEnded(context, now);
    return reportRunning(context, now, await stop);
  } finally {
    clearTimeout(timer.id);
    await services.close();
  }
}

/** Reports a job that was collected just now. */
export async function reportCollected(
  context: CommandContext,
  collected: CollectedJob,
): Promise<number> {
  const job = await askJournal(context, { call: "find", id: collected.job.id }) ?? collected.job;
  return reportEnded(context, job, collected);
}

/** @throws AppError for a job that delivered nothing */
function reportEnded(context: CommandContext, job: Job, collected?: CollectedJob): number {
  const delivered = collected?.delivered ?? [];
  const isDone = job.state === "saved" || job.state === "finished";
  if (!isDone) throw endedError(job);
  const paths = job.files.map(({ path }) => path);
  const urls = delivered.map(({ url }) => url ?? null);
  context.report.result(
    {
      success: true,
      type: "job",
      ...jobObject(job),
      ...(collected ? { urls, seeds: delivered.map(({ seed }) => seed ?? null) } : {}),
      localPath: paths[0] ?? null,
      timestamp: new Date().toISOString(),
    },
    paths.length > 0 ? paths : urls.length > 0 ? urls.map(String) : jobLine(job),
  );
  if (job.open && job.error) context.report.warn(job.error.message);
  return 0;
}

function reportRunning(context: CommandContext, job: Job, reason: StopReason): number {
  const hint = `Wait again with: sogni-agent jobs wait ${job.id}`;
  if (reason.kind === "interrupt") {
    const error = interrupted(reason.signal, "Interrupted; the job goes on.");
    throw new AppError(error.code, error.message, {
      details: { ...error.details, status: "running", jobId: job.id, projectIds: job.projectIds },
      hint,
    });
  }
  const timestamp = new Date().toISOString();
  context.report.result(
    { success: true, type: "job", ...jobObject(job), status: "running", timestamp },
    `running ${job.id}`,
  );
  context.report.note(hint);
  return 0;
}

function endedError(job: Job): AppError {
  const { code = "", message } = job.error ?? {};
  const known = Object.hasOwn(ERRORS, code) ? code as ErrorCode : undefined;
  const fallback = job.state === "cancelled" ? "USER_CANCELLED" : "PROJECT_FAILED";
  return new AppError(known ?? fallback, message ?? `The job has ${job.state}.`, {
    details: {
      jobId: job.id,
      status: job.state,
      projectIds: job.projectIds.filter((id) => id !== null),
    },
  });
}

async function change(
  context: CommandContext,
  { id }: Job,
  what: Parameters<typeof askJournal<"change">>[1]["change"],
): Promise<void> {
  await askJournal(context, { call: "change", job: id, change: what });
}
