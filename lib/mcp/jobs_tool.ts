/** `manage_jobs`: runs of this server by their handle, all others by the journal's command. */
import * as z from "zod";
import type { ToolAnnotations } from "@modelcontextprotocol/server";
import { timerMs } from "../platform/timer_limit.ts";
import { place } from "./fields.ts";
import { lazy } from "./lazy_schema.ts";
import { type CommandOutcome, failedOutcome } from "./outcome.ts";
import { type Run, type RunBook, waitFor } from "./runs.ts";

/** What may be asked for. */
export const JOBS_INPUT = lazy(() =>
  z.strictObject({
    action: z.enum(["list", "status", "wait", "collect", "cancel"]),
    job: place("Id of the job; for all but list").optional(),
    wait_seconds: z.int().min(0).max(600).optional().describe("For wait; default 50"),
  })
);

/** Cancels what is running, which cannot be taken back. */
export const JOBS_ANNOTATIONS: ToolAnnotations = {
  readOnlyHint: false,
  destructiveHint: true,
  idempotentHint: true,
  openWorldHint: true,
};

/** A run that goes on, or how something ended. */
export type JobsAnswer =
  | { readonly kind: "running"; readonly run: Run }
  | { readonly kind: "ended"; readonly run?: Run; readonly outcome: CommandOutcome };

/** @param defaultWaitSeconds how long `wait` waits when nothing is said */
export async function answerJobs(
  { action, job, wait_seconds }: z.infer<ReturnType<typeof JOBS_INPUT>>,
  book: RunBook,
  signal: AbortSignal,
  defaultWaitSeconds: number,
): Promise<JobsAnswer> {
  if (action === "list") return await listJobs(book, signal);
  if (job === undefined) {
    return { kind: "ended", outcome: failedOutcome("INVALID_ARGUMENT", `${action} needs job.`) };
  }
  const seconds = wait_seconds ?? defaultWaitSeconds;
  const run = book.find(job);
  if (!run) return { kind: "ended", outcome: await askJournal(book, action, job, seconds, signal) };
  if (action === "cancel") run.cancel();
  const patience = action === "status" ? 0 : action === "cancel" ? CANCEL_SECONDS : seconds;
  const outcome = run.outcome ?? await waitFor(run, timerMs(patience), signal);
  return outcome ? { kind: "ended", run, outcome } : { kind: "running", run };
}

/** The service confirms a cancellation within this. */
const CANCEL_SECONDS = 20;

async function listJobs(book: RunBook, signal: AbortSignal): Promise<JobsAnswer> {
  const listed = await book.execute(["jobs", "list"], { signal });
  const running = book.running().map(({ id, tool, startedAt, progress }) => ({
    job: id,
    tool,
    elapsedSeconds: Math.round((Date.now() - startedAt) / 1000),
    percent: progress?.percent ?? 0,
  }));
  // What runs here is told even where the journal cannot be read.
  const known = listed.code === 0 && listed.object ? listed.object : { success: true };
  const object = { ...known, running };
  return {
    kind: "ended",
    outcome: { code: 0, object, stdout: JSON.stringify(object), stderr: listed.stderr },
  };
}

async function askJournal(
  book: RunBook,
  action: string,
  job: string,
  seconds: number,
  signal: AbortSignal,
): Promise<CommandOutcome> {
  if (/^run-\d+$/.test(job)) {
    return failedOutcome(
      "JOB_NOT_FOUND",
      `There is no run ${JSON.stringify(job)} in this session.`,
      "List the jobs with action list; the journal knows those of earlier sessions.",
    );
  }
  const patience = action === "wait" ? [`--timeout=${Math.max(1, seconds)}`] : [];
  return await book.execute(["jobs", action, ...patience, "--", job], { signal });
}
