/** One project of the SDK, followed to its end. */
import type { Job, Project } from "@sogni-ai/sogni-client";
import { AppError } from "../errors/app_error.ts";
import { lostSight } from "./closed_connection.ts";
import { withDeadline } from "./deadline.ts";
import { mapServiceError } from "./error_map.ts";
import { withoutAddress } from "./no_address.ts";
import type { ProjectOutcome, ProjectOutput, ProjectProgress, RunningProject } from "./types.ts";

/** The SDK finishes a project only on its own frame; this long after the last job we do not wait. */
const GRACE_AFTER_LAST_JOB_MS = 3000;
const URL_TIMEOUT_MS = 30_000;
const ADDRESS_ATTEMPTS = 3;
const ADDRESS_PAUSE_MS = 500;

/** What following a project needs besides the project. */
export interface FollowRequest {
  /** Outputs that are expected. */
  total: number;
  onProgress: (progress: ProjectProgress) => void;
  /** Kept when the connection has ended for good, with the reason. */
  lost: Promise<AppError>;
}

/** Follows a project to its end, or until the connection is lost. */
export function followProject(
  project: Project,
  { total, onProgress, lost }: FollowRequest,
): RunningProject {
  const startedAt = Date.now();
  const done = new Promise<ProjectOutcome>((resolve) => {
    let grace: ReturnType<typeof setTimeout> | undefined;
    let settled = false;
    const settle = async (error?: AppError) => {
      if (settled) return;
      settled = true;
      clearTimeout(grace);
      const outputs = await collectOutputs(project, total);
      resolve({ projectId: project.id, outputs, ...(error ? { error } : {}) });
    };
    const fail = (error: unknown) => {
      settle(mapServiceError(error, "PROJECT_FAILED", { projectId: project.id }));
    };
    const check = () => {
      onProgress(progressOf(project, total, startedAt));
      const jobs = project.jobs;
      if (jobs.length >= total && jobs.every((job) => job.finished)) {
        grace ??= setTimeout(() => settle(), GRACE_AFTER_LAST_JOB_MS);
      }
    };
    lost.then((error) => settle(lostSight(error, project.id)));
    project.on("completed", () => settle());
    project.on("failed", fail);
    project.on("updated", () => {
      check();
      if (project.status === "canceled") {
        settle(
          new AppError("USER_CANCELLED", "The project was cancelled.", {
            details: { projectId: project.id },
          }),
        );
      }
    });
    for (const event of ["jobStarted", "jobCompleted", "jobFailed", "progress"] as const) {
      project.on(event, check);
    }
    if (project.status === "completed") settle();
    if (project.status === "failed") fail(project.error);
  });
  return {
    id: project.id,
    done,
    finished: () => project.jobs.map((job, position) => describeJob(job, indexOf(job, position))),
    async freshUrl(jobId) {
      const job = project.job(jobId);
      if (!job) throw new AppError("NO_OUTPUT", "The service no longer knows this output.");
      const late = () => new AppError("NETWORK_TIMEOUT", "The result's address did not arrive.");
      return await withDeadline(job.getResultUrl(), URL_TIMEOUT_MS, late);
    },
    cancel: async (timeoutMs) => {
      try {
        await withDeadline(project.cancel(), timeoutMs, () => new Error("no confirmation"));
        return true;
      } catch {
        return false;
      }
    },
  };
}

function progressOf(project: Project, total: number, startedAt: number): ProjectProgress {
  const jobs = project.jobs;
  const completed = jobs.filter((job) => job.status === "completed" && !isWithheld(job)).length;
  const sum = jobs.reduce((all, job) => all + (job.finished ? 1 : job.progress / 100), 0);
  const fraction = Math.min(1, total > 0 ? sum / total : 0);
  const etas = jobs.flatMap((job) => job.etaSeconds === undefined ? [] : [job.etaSeconds]);
  // Without a word from the service the pace so far tells, once there is enough of it.
  const paced = fraction > 0.1
    ? (Date.now() - startedAt) / 1000 * (1 - fraction) / fraction
    : undefined;
  const etaSeconds = etas.length > 0 ? Math.max(...etas) : paced;
  return {
    fraction,
    completed,
    total,
    ...(etaSeconds === undefined ? {} : { etaSeconds }),
    ...(project.status === "queued" && project.queuePosition > 0
      ? { queuePosition: project.queuePosition }
      : {}),
    ...(project.queueStatus === "no-workers" ? { noWorkers: true } : {}),
  };
}

async function collectOutputs(project: Project, total: number): Promise<ProjectOutput[]> {
  const outputs = await Promise.all(project.jobs.map(async (job, position) => {
    const output = describeJob(job, indexOf(job, position));
    if (output.status !== "completed" || output.url) return output;
    try {
      return { ...output, url: await addressOf(job) };
    } catch (error) {
      const facts = { projectId: project.id, index: output.index };
      return { ...output, status: "failed" as const, error: withoutAddress(error, facts) };
    }
  }));
  return uniqueByIndex(outputs, total);
}

/** Asks for the address of a result; asking again costs nothing. */
async function addressOf(job: Job): Promise<string> {
  for (let attempt = 1;; attempt++) {
    try {
      const late = () => new AppError("NETWORK_TIMEOUT", "The result's address did not arrive.");
      return await withDeadline(job.getResultUrl(), URL_TIMEOUT_MS, late);
    } catch (error) {
      if (attempt >= ADDRESS_ATTEMPTS) throw error;
      await new Promise((resolve) => setTimeout(resolve, ADDRESS_PAUSE_MS * attempt));
    }
  }
}

/** A retried render may leave its first attempt behind: the better of two wins its place. */
function uniqueByIndex(outputs: ProjectOutput[], total: number): ProjectOutput[] {
  const rank = { completed: 0, withheld: 1, failed: 2 };
  const best = new Map<number, ProjectOutput>();
  for (const output of outputs) {
    const other = best.get(output.index);
    if (!other || rank[output.status] < rank[other.status]) best.set(output.index, output);
  }
  return [...best.values()].filter((output) => output.index < total)
    .sort((a, b) => a.index - b.index);
}

function indexOf(job: Job, position: number): number {
  return job.jobIndex ?? position;
}

/** Done, but the content filter keeps the result. */
function isWithheld(job: Job): boolean {
  return job.isNSFW === true && !job.resultUrl;
}

function describeJob(job: Job, index: number): ProjectOutput {
  const base = { index, jobId: job.id, ...(job.seed === undefined ? {} : { seed: job.seed }) };
  if (job.status !== "completed") {
    // Without an error of its own it failed for the project's reason, which the caller knows.
    const { error, projectId } = job;
    return {
      ...base,
      status: "failed",
      ...(error ? { error: mapServiceError(error, "PROJECT_FAILED", { projectId, index }) } : {}),
    };
  }
  if (isWithheld(job)) return { ...base, status: "withheld" };
  return { ...base, status: "completed", ...(job.resultUrl ? { url: job.resultUrl } : {}) };
}
