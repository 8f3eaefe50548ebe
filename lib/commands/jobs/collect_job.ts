/** Saves what a job made, where it was meant to go, beside what is there already. */
import type { Plan } from "../../plan/types.ts";
import type { Job, JobFile } from "../../platform/journal.ts";
import type { ProjectRecords } from "../../service/types.ts";
import type { CommandContext } from "../context.ts";
import { unaddressedError } from "../generation/job_state.ts";
import { pathsFor } from "../generation/output_target.ts";
import type { RunOutput } from "../generation/run_plan.ts";
import { saveOutputs } from "../generation/save_outputs.ts";
import { stamp, stampFields } from "../generation/stamp.ts";
import { freePath } from "./free_path.ts";
import { billOf, type JobRecords, outcomeOf, planOf } from "./records.ts";
import { sameFile } from "./same_file.ts";
import { sweepBeside } from "./sweep.ts";

/** What collecting needs. */
export interface CollectRequest {
  context: CommandContext;
  service: ProjectRecords;
  /** Looked after by this process. */
  job: Job;
  records: JobRecords;
  allowLoopback: boolean;
}

/** What was collected. */
export interface CollectedJob {
  job: Job;
  /** Finished outputs with fresh addresses. */
  delivered: RunOutput[];
  /** All files of the job that are on disk. */
  files: readonly JobFile[];
  /** How the journal has it now. */
  state: "saved" | "finished" | "failed" | "cancelled" | "unknown";
  /** Why not everything is there. */
  error?: { code: string; message: string };
}

const TRANSFER_TIMEOUT_MS = 30 * 60_000;

/** Saves the finished outputs of a job and closes it; what cannot be saved keeps it open. */
export async function collectJob(request: CollectRequest): Promise<CollectedJob> {
  const { context, service, job, records } = request;
  const { outputs } = await outcomeOf(service, job, records);
  const delivered = outputs.filter(({ status }) => status === "completed");
  const { files, error: unwritten } = await save(request, delivered);
  const unsaved = unwritten ?? unaddressedError(outputs);
  const failed = outputs.find(({ status }) => status !== "completed");
  const reason = unsaved ?? failed?.error ??
    (failed ? { code: "CONTENT_FILTERED", message: "The content filter withheld it." } : undefined);
  const error = reason && { code: reason.code, message: reason.message };
  const state = stateOf(delivered.length, job, records, unsaved !== undefined);
  const billed = billOf(records);
  await context.host.journal({
    call: "change",
    job: job.id,
    change: {
      state,
      files,
      ...(unsaved ? { release: true } : { open: false }),
      ...(error ? { error } : {}),
      ...(billed === undefined ? {} : { billed }),
    },
  });
  return { job, delivered, files: [...job.files, ...files], state, ...(error ? { error } : {}) };
}

function stateOf(
  delivered: number,
  { destination }: Job,
  { records }: JobRecords,
  unsaved: boolean,
): CollectedJob["state"] {
  if (delivered > 0 || unsaved) return unsaved || !destination ? "finished" : "saved";
  const statuses = records.map((record) => record?.status);
  if (statuses.includes("cancelled")) return "cancelled";
  return statuses.includes("failed") || statuses.includes("completed") ? "failed" : "unknown";
}

async function save(
  { context, job, allowLoopback }: CollectRequest,
  delivered: readonly RunOutput[],
): Promise<{ files: JobFile[]; error?: { code: string; message: string } }> {
  const { host, report } = context;
  const plan = planOf(job);
  const wanted = wantedPaths(job, plan, delivered);
  if (wanted.length === 0) return { files: [] };
  await sweepBeside(host.files, wanted);
  const done = new Set(job.files.map(({ position }) => position));
  const outputs: RunOutput[] = [];
  const paths: string[] = [];
  const originals: string[] = [];
  for (const [index, output] of delivered.entries()) {
    const path = wanted[index];
    if (path === undefined || done.has(output.position)) continue;
    outputs.push(output);
    originals.push(path);
    paths.push(await freePath(host.files, path, new Set(paths)));
  }
  const kind = plan.projects[0]?.params.type ?? "image";
  const saved = await saveOutputs({
    host,
    outputs,
    paths,
    allowLoopback,
    timeoutMs: TRANSFER_TIMEOUT_MS,
    onSaved: () => {},
    warn: (text) => report.warn(text),
    stamp: (path, output) => stamp(context, path, kind, stampFields(output, job.sandbox)),
  });
  const files: JobFile[] = [];
  for (const [index, { path }] of saved.entries()) {
    const position = outputs[index]?.position;
    if (path === undefined || position === undefined) continue;
    files.push({ position, path: await withoutTwin(host.files, path, originals[index]) });
  }
  const error = saved.find((entry) => entry.error)?.error;
  return { files, ...(error ? { error: { code: error.code, message: error.message } } : {}) };
}

/** The killed process may have saved the very same file already: then one of them is enough. */
async function withoutTwin(
  files: CommandContext["host"]["files"],
  path: string,
  original: string | undefined,
): Promise<string> {
  if (original === undefined || original === path) return path;
  if (!await sameFile(files, path, original)) return path;
  await files.remove(path);
  return original;
}

/** Where the delivered outputs were meant to go; empty when only their addresses were wanted. */
export function wantedPaths(
  { destination }: Job,
  plan: Plan,
  delivered: readonly RunOutput[],
): string[] {
  if (!destination) return [];
  if ("paths" in destination) {
    return delivered.map(({ position }) => destination.paths[position] ?? "").filter(Boolean);
  }
  return pathsFor(destination, plan, delivered);
}
