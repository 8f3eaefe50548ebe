/** A job as JSON and as a line. */
import type { Job, JobFile } from "../../platform/journal.ts";

/** What is told as one word: what an agent has to do next follows from it. */
export function statusOf({ open, state }: Pick<Job, "open" | "state">): string {
  if (!open) return state;
  return state === "finished" || state === "unknown" ? state : "running";
}

/** The public form of a job; its plan stays inside. */
export function jobObject(
  job: Job,
  facts: { state?: Job["state"]; open?: boolean; files?: readonly JobFile[] } = {},
): Record<string, unknown> {
  const { destination, error, sandbox } = job;
  const files = facts.files ?? job.files;
  const now = { state: facts.state ?? job.state, open: facts.open ?? job.open };
  return {
    jobId: job.id,
    status: statusOf(now),
    state: now.state,
    prompt: job.prompt,
    model: job.model,
    medium: job.medium,
    count: job.count,
    projectIds: job.projectIds.filter((id) => id !== null),
    output: destination && "output" in destination ? destination.output : null,
    localPaths: files.map(({ path }) => path),
    tokenType: job.tokenType,
    estimatedCost: job.estimated,
    billedCost: job.billed,
    attended: job.attended,
    ...(error && now.state !== "saved" ? { jobError: error } : {}),
    ...(sandbox ? { sandbox: true } : {}),
    createdAt: new Date(job.createdAt).toISOString(),
    updatedAt: new Date(job.updatedAt).toISOString(),
  };
}

const PROMPT_WIDTH = 48;

/** One line for people. */
export function jobLine(job: Job): string {
  const words = job.prompt.replace(/\s+/g, " ").trim();
  const prompt = words.length > PROMPT_WIDTH ? `${words.slice(0, PROMPT_WIDTH - 1)}…` : words;
  const cost = job.billed ?? job.estimated;
  return [
    job.id,
    statusOf(job).padEnd(9),
    job.medium.padEnd(5),
    `${cost === null ? "?" : cost} ${job.tokenType}`.padEnd(12),
    prompt,
  ].join("  ");
}
