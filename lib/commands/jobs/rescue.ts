/**
 * Collects, beside a run, what earlier runs left at the service: they were killed, lost their
 * connection or had no room on the disk. Nothing is ever sent again here.
 */
import type { Job } from "../../platform/journal.ts";
import { createSdkService } from "../../service/sdk_service.ts";
import type { CommandContext } from "../context.ts";
import type { Access } from "../generation/connection.ts";
import { type CollectedJob, collectJob } from "./collect_job.ts";
import { lookUpJob, LOST_AFTER_MS } from "./records.ts";

/** How long a run waits at its end for what it collects beside its own work. */
const PATIENCE_MS = 30_000;
/** A job whose project the service does not know is given up after this. */
const GIVE_UP_AFTER_MS = Math.max(10 * 60_000, LOST_AFTER_MS);

/** Collecting beside a run. */
export interface Rescue {
  /** Begins; with no orphans it does nothing. */
  start(orphans: readonly Job[]): void;
  /** Resolves when it is done, or has taken too long. */
  finished(): Promise<void>;
}

/** Makes the rescue of a run. */
export function createRescue(context: CommandContext, access: Access): Rescue {
  let work: Promise<unknown> = Promise.resolve();
  return {
    start(orphans) {
      if (orphans.length === 0) return;
      work = rescueAll(context, access, orphans).catch(() => {});
    },
    async finished() {
      let timer: ReturnType<typeof setTimeout> | undefined;
      const late = new Promise((resolve) => timer = setTimeout(resolve, PATIENCE_MS));
      await Promise.race([work, late]);
      clearTimeout(timer);
    },
  };
}

async function rescueAll(
  context: CommandContext,
  access: Access,
  orphans: readonly Job[],
): Promise<void> {
  const service = createSdkService({ ...access.service, appId: "rest-only", restOnly: true });
  await service.connect();
  try {
    for (const orphan of orphans) {
      const collected = await rescueJob({ context, service, job: orphan, access });
      if (collected) tell(context, collected);
    }
  } finally {
    await service.close();
  }
}

/** What rescuing one job needs. */
export interface RescueRequest {
  context: CommandContext;
  service: Parameters<typeof collectJob>[0]["service"];
  job: Job;
  access: Pick<Access, "allowLoopback">;
}

/**
 * Takes over one job and collects it if it has ended.
 *
 * @returns `undefined` when somebody else looks after it, or it still runs
 */
export async function rescueJob(
  { context, service, job: orphan, access }: RescueRequest,
): Promise<CollectedJob | undefined> {
  const { journal } = context.host;
  const job = await journal({ call: "claim", job: orphan.id });
  if (!job) return undefined;
  const release = () =>
    journal({ call: "change", job: job.id, change: { release: true } }).catch(() => null);
  try {
    const now = Date.now();
    const records = await lookUpJob(service, job, now);
    const isUnknown = records.records.some((record) => record?.status === "unknown");
    const mayTurnUp = isUnknown && now - job.createdAt < GIVE_UP_AFTER_MS;
    if (records.ended && !mayTurnUp) {
      const { allowLoopback } = access;
      return await collectJob({ context, service, job, records, allowLoopback });
    }
    await release();
    return undefined;
  } catch (error) {
    await release();
    context.report.warn(`job ${job.id} could not be collected: ${String(error)}`);
    return undefined;
  }
}

function tell({ report }: CommandContext, { job, files, delivered, error, state }: CollectedJob) {
  const [first] = files;
  if (first) {
    const more = files.length > 1 ? ` and ${files.length - 1} more` : "";
    report.note(`Collected an earlier job (${job.id}): ${first.path}${more}`);
  } else if (delivered.length > 0) {
    report.note(`An earlier job has finished; get it with: sogni-agent jobs collect ${job.id}`);
  }
  if (error && state !== "cancelled") {
    report.warn(`the earlier job ${job.id}: ${error.message}`);
  }
}
