/** `jobs collect`: saves what open jobs have made, one or all. */
import { join } from "node:path";
import { AppError } from "../../errors/app_error.ts";
import type { Job } from "../../platform/journal.ts";
import type { CommandContext } from "../context.ts";
import { checkOutput } from "../generation/output_target.ts";
import { isHosted } from "../hosted/hosted_entry.ts";
import { askJournal, findJob } from "./ask_journal.ts";
import { type CollectedJob, collectJob } from "./collect_job.ts";
import { fixedDestination } from "./enter_job.ts";
import { jobObject } from "./job_object.ts";
import { JobServices } from "./job_service.ts";
import { lookUpJob, planOf } from "./records.ts";
import { rescueJob } from "./rescue.ts";
import { sweepBeside } from "./sweep.ts";
import { reportCollected } from "./wait_job.ts";

/** Collects every open job that can be reached and that nobody looks after. */
export async function collectJobs(context: CommandContext): Promise<number> {
  const { jobs } = await askJournal(context, { call: "list", filter: { open: true, limit: 1000 } });
  const services = new JobServices(context);
  const collected: CollectedJob[] = [];
  const running: Job[] = [];
  const unreachable: { jobId: string; error: string }[] = [];
  try {
    for (const job of jobs.toReversed()) {
      // A hosted job is collected by its id: its words belong on stdout, which this object needs.
      if (job.attended || isHosted(job)) {
        running.push(job);
        continue;
      }
      try {
        const service = await services.records(job);
        const access = await services.accessTo(job);
        const done = await rescueJob({ context, service, job, access });
        if (done) collected.push(done);
        else running.push(job);
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        unreachable.push({ jobId: job.id, error: error.message });
      }
    }
  } finally {
    await services.close();
  }
  await sweepPlaces(context);
  tell(context, collected, running, unreachable);
  return 0;
}

/** What killed runs left where their results were to go, and in the folder for temporary things. */
async function sweepPlaces(context: CommandContext): Promise<void> {
  const { files, facts } = context.host;
  const { jobs } = await askJournal(context, { call: "list", filter: { limit: 200 } });
  const places = jobs.flatMap(({ destination }) => {
    if (!destination) return [];
    if ("paths" in destination) return destination.paths;
    return [destination.isFolder ? join(destination.output, "results") : destination.output];
  });
  await sweepBeside(files, [...places, join(facts.tempDir, "temporary")]);
}

function tell(
  { report }: CommandContext,
  collected: readonly CollectedJob[],
  running: readonly Job[],
  unreachable: readonly { jobId: string; error: string }[],
): void {
  const paths = collected.flatMap(({ files }) => files.map(({ path }) => path));
  const urls = collected.filter(({ files }) => files.length === 0)
    .flatMap(({ delivered }) => delivered.map(({ url }) => url ?? ""));
  const objects = collected.map(({ job, state, files, delivered, error }) => ({
    ...jobObject(job, { state, files, open: error !== undefined && state === "finished" }),
    urls: delivered.map(({ url }) => url ?? null),
    ...(error ? { jobError: error } : {}),
  }));
  report.result(
    {
      success: true,
      type: "jobs-collect",
      collected: objects,
      running: running.map(({ id }) => id),
      unreachable,
      timestamp: new Date().toISOString(),
    },
    [...paths, ...urls].length > 0 ? [...paths, ...urls] : "Nothing to collect.",
  );
  for (const { job, error } of collected) {
    if (error) report.warn(`${job.id}: ${error.message}`);
  }
  for (const { jobId, error } of unreachable) report.warn(`${jobId}: ${error}`);
}

/** Collects one job, also one that was collected before: into `--output`, or where it belongs. */
export async function collectOneJob(context: CommandContext, id: string): Promise<number> {
  const { report, host } = context;
  const found = await findJob(context, id);
  if (isHosted(found)) {
    const { collectHostedJob } = await import("./hosted_jobs.ts");
    return await collectHostedJob(context, found);
  }
  const services = new JobServices(context);
  try {
    const service = await services.records(found);
    const { allowLoopback } = await services.accessTo(found);
    const claimed = found.open
      ? await askJournal(context, { call: "claim", job: found.id })
      : found;
    const job = claimed && await redirected(context, claimed);
    const records = job && await lookUpJob(service, job, Date.now());
    if (job && records?.ended) {
      return await reportCollected(
        context,
        await collectJob({ context, service, job, records, allowLoopback }),
      );
    }
    if (claimed?.open) {
      await host.journal({ call: "change", job: claimed.id, change: { release: true } });
    }
    const object = { ...jobObject(found), status: "running" };
    const timestamp = new Date().toISOString();
    report.result({ success: true, type: "job", ...object, timestamp }, `running ${found.id}`);
    return 0;
  } finally {
    await services.close();
  }
}

/** With `--output` everything goes there, whatever was saved before. */
async function redirected(context: CommandContext, job: Job): Promise<Job> {
  const target = await checkOutput(context, planOf(job));
  if (!target) return job;
  return { ...job, destination: fixedDestination(context.host.facts.cwd, target), files: [] };
}
