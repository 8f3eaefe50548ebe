/** `jobs list`, `jobs status`, `jobs clean`: what the journal knows. */
import { AppError } from "../../errors/app_error.ts";
import type { Job } from "../../platform/journal.ts";
import type { CommandContext } from "../context.ts";
import { isHosted } from "../hosted/hosted_entry.ts";
import { askJournal, findJob } from "./ask_journal.ts";
import { jobLine, jobObject } from "./job_object.ts";
import { JobServices } from "./job_service.ts";
import { billOf, lookUpJob } from "./records.ts";

/** Prints the newest jobs. */
export async function listJobs(context: CommandContext): Promise<number> {
  const { jobs, notes } = await askJournal(context, { call: "list", filter: {} });
  for (const note of notes) context.report.warn(note);
  const timestamp = new Date().toISOString();
  context.report.localResult(
    { success: true, type: "jobs", jobs: jobs.map((job) => jobObject(job)), timestamp },
    jobs.length === 0 ? "No jobs yet." : jobs.map(jobLine),
  );
  return 0;
}

/** Prints one job; one that nobody looks after is looked up at the service. */
export async function showJob(context: CommandContext, id: string | undefined): Promise<number> {
  const found = await findJob(context, id);
  if (isHosted(found)) {
    const { showHostedJob } = await import("./hosted_jobs.ts");
    return await showHostedJob(context, found);
  }
  const isSent = found.projectIds.length > 0;
  const seen: Seen = found.open && !found.attended && isSent ? await lookUp(context, found) : {};
  const job = !found.open && isSent && found.billed === null
    ? await withBill(context, found)
    : found;
  const object = { ...jobObject(job), ...seen };
  const timestamp = new Date().toISOString();
  context.report.localResult(
    { success: true, type: "job", ...object, timestamp },
    [jobLine({ ...job, ...(seen.status === "finished" ? { state: "finished" as const } : {}) })],
  );
  if (seen.status === "finished") {
    context.report.note(`It has finished. Get it with: sogni-agent jobs collect ${job.id}`);
  }
  return 0;
}

/** Forgets the jobs that are closed. */
export async function cleanJobs(context: CommandContext): Promise<number> {
  const { removed, kept } = await askJournal(context, { call: "clean" });
  context.report.localResult(
    { success: true, type: "jobs-clean", removed, kept, timestamp: new Date().toISOString() },
    `Removed ${removed}; ${kept} still open.`,
  );
  return 0;
}

/** What the service says of a job beyond what the journal knows. */
interface Seen {
  status?: string;
  projects?: { projectId: string | null; status: string }[];
  /** False when the service could not be asked. */
  reachable?: boolean;
}

/** A run does not wait for its bill; here it is asked for. */
async function withBill(context: CommandContext, job: Job): Promise<Job> {
  const services = new JobServices(context);
  try {
    const records = await lookUpJob(await services.records(job), job, Date.now());
    const billed = records.ended ? billOf(records) : undefined;
    if (billed === undefined) return job;
    await askJournal(context, { call: "change", job: job.id, change: { billed } });
    return { ...job, billed };
  } catch {
    // What it cost stays unknown; everything else is known.
    return job;
  } finally {
    await services.close();
  }
}

/** What the service says; a service that cannot be asked leaves the journal's word. */
async function lookUp(context: CommandContext, job: Job): Promise<Seen> {
  const services = new JobServices(context);
  try {
    const service = await services.records(job);
    const { records, ended } = await lookUpJob(service, job, Date.now());
    const completed = records.some((record) => record?.status === "completed");
    return {
      reachable: true,
      ...(ended ? { status: completed ? "finished" : "failed" } : { status: "running" }),
      projects: records.map((record, index) => ({
        projectId: job.projectIds[index] ?? null,
        status: record?.status ?? "not sent",
      })),
    };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    context.report.warn(`the service could not be asked: ${error.message}`);
    return { reachable: false };
  } finally {
    await services.close();
  }
}
