/** `jobs cancel`: stops paid work, and saves what was finished before. */
import { AppError } from "../../errors/app_error.ts";
import type { CommandContext } from "../context.ts";
import { isHosted } from "../hosted/hosted_entry.ts";
import { askJournal, findJob } from "./ask_journal.ts";
import { collectJob } from "./collect_job.ts";
import { jobObject } from "./job_object.ts";
import { JobServices } from "./job_service.ts";
import { lookUpJob } from "./records.ts";

const CANCEL_TIMEOUT_MS = 20_000;

/** @throws AppError JOB_CANCEL_FAILED when the service does not confirm it */
export async function cancelJob(context: CommandContext, id: string | undefined): Promise<number> {
  const { report } = context;
  const found = await findJob(context, id);
  if (isHosted(found)) {
    const { cancelHostedJob } = await import("./hosted_jobs.ts");
    return await cancelHostedJob(context, found);
  }
  const services = new JobServices(context);
  try {
    if (found.open) await cancelProjects(context, services, found.id);
    const job = await askJournal(context, { call: "find", id: found.id }) ?? found;
    const timestamp = new Date().toISOString();
    report.result(
      { success: true, type: "job", ...jobObject(job), timestamp },
      `${job.state} ${job.id}`,
    );
    return 0;
  } finally {
    await services.close();
  }
}

async function cancelProjects(
  context: CommandContext,
  services: JobServices,
  id: string,
): Promise<void> {
  const job = await findJob(context, id);
  const refused = await services.connected(job, async (service) => {
    const before = await lookUpJob(service, job, Date.now());
    const live = job.projectIds.flatMap((projectId, index) =>
      projectId !== null && before.records[index]?.status === "running" ? [projectId] : []
    );
    const answers = await Promise.all(
      live.map((projectId) => service.cancelProject(projectId, CANCEL_TIMEOUT_MS)),
    );
    return live.filter((_, index) => !answers[index]);
  });
  if (refused.length > 0) {
    throw new AppError("JOB_CANCEL_FAILED", "The service did not confirm the cancellation.", {
      details: { jobId: job.id, projectIds: refused },
      hint: `Look again with: sogni-agent jobs status ${job.id}`,
    });
  }
  // Its own process hears of the cancellation by itself.
  const claimed = await askJournal(context, { call: "claim", job: job.id });
  if (!claimed) return;
  const service = await services.records(claimed);
  const { allowLoopback } = await services.accessTo(claimed);
  const records = await lookUpJob(service, claimed, Date.now());
  const change = records.ended
    ? (await collectJob({ context, service, job: claimed, records, allowLoopback })).state
    : undefined;
  if (change === undefined) {
    const cancelled = { state: "cancelled", open: false } as const;
    await askJournal(context, { call: "change", job: job.id, change: cancelled });
  }
}
