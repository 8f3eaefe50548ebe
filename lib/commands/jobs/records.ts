/** From the service's records of a job to its outputs. */
import { AppError } from "../../errors/app_error.ts";
import type { Plan } from "../../plan/types.ts";
import type { Job } from "../../platform/journal.ts";
import { withoutAddress } from "../../service/no_address.ts";
import type { ProjectRecord, ProjectRecords } from "../../service/types.ts";
import type { RunOutcome, RunOutput } from "../generation/run_plan.ts";

/** How long a project that the service does not know may still turn up after it was sent. */
export const LOST_AFTER_MS = 15_000;

/** What the service says of every project of a job, in the order of its plan. */
export interface JobRecords {
  /** By project; absent where none was sent. */
  records: readonly (ProjectRecord | undefined)[];
  /** Nothing more will come. */
  ended: boolean;
}

/**
 * Asks for every project that was sent.
 *
 * @param now epoch milliseconds
 * @throws AppError when the service does not answer clearly
 */
export async function lookUpJob(
  service: ProjectRecords,
  job: Job,
  now: number,
): Promise<JobRecords> {
  const records = await Promise.all(
    job.projectIds.map((id) => id === null ? undefined : service.lookUp(id)),
  );
  const lost = now - job.updatedAt > LOST_AFTER_MS;
  const ended = records.every((record) =>
    !record || (record.status === "unknown" ? lost : record.status !== "running")
  );
  return { records, ended };
}

/** The plan that was entered. */
export function planOf(job: Job): Plan {
  return JSON.parse(job.plan) as Plan;
}

/** The outputs of a job that ended, with fresh addresses, as if this process had followed it. */
export async function outcomeOf(
  service: ProjectRecords,
  job: Job,
  { records }: JobRecords,
): Promise<RunOutcome> {
  const plan = planOf(job);
  const outputs: RunOutput[] = [];
  let start = 0;
  for (const [index, project] of plan.projects.entries()) {
    const total = project.params.numberOfMedia;
    const projectId = job.projectIds[index] ?? "";
    const record = records[index];
    const known = new Map(record?.outputs.map((output) => [output.index, output]));
    for (let position = 0; position < total; position++) {
      const output = known.get(position) ?? {
        index: position,
        status: "failed" as const,
        jobId: "",
        error: record?.error ?? missingError(record),
      };
      const { prompt } = { prompt: project.params.positivePrompt };
      const facts = { ...output, position: start + position, projectId, prompt, project };
      outputs.push(await addressed(service, facts));
    }
    start += total;
  }
  return { outputs, projectIds: job.projectIds.filter((id) => id !== null) };
}

/** Tokens taken for the whole job; `undefined` unless every project tells. */
export function billOf({ records }: JobRecords): number | undefined {
  let sum = 0;
  for (const record of records) {
    if (!record) continue;
    // What failed or was cancelled before anything was finished costs nothing.
    const free = (record.status === "failed" || record.status === "cancelled") &&
      record.outputs.every(({ status }) => status === "failed");
    if (record.billed === null && !free) return undefined;
    sum += record.billed ?? 0;
  }
  return sum;
}

async function addressed(service: ProjectRecords, output: RunOutput): Promise<RunOutput> {
  if (output.status !== "completed") return output;
  const freshUrl = () => service.resultUrl(output.projectId, output.jobId, output.project.params);
  try {
    return { ...output, url: await freshUrl(), freshUrl };
  } catch (error) {
    const facts = { projectId: output.projectId, index: output.index };
    return { ...output, status: "failed", error: withoutAddress(error, facts) };
  }
}

function missingError(record: ProjectRecord | undefined): AppError {
  if (!record) return new AppError("NO_OUTPUT", "This project was never sent.");
  return record.status === "unknown"
    ? new AppError("NO_OUTPUT", "The service does not know this project.")
    : new AppError("NO_OUTPUT", "The service delivered nothing for this output.");
}
