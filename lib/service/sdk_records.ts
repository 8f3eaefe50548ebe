/**
 * What the service keeps of a project, asked by id over REST: whether the project still runs, what
 * it made, what it cost. Works without a socket and for projects that another process sent.
 */
import type { SogniClient } from "@sogni-ai/sogni-client";
import { AppError } from "../errors/app_error.ts";
import type { ProjectParams } from "../plan/types.ts";
import { mapServiceError } from "./error_map.ts";
import type { ProjectOutput, ProjectRecord } from "./types.ts";

type RawJob = Awaited<ReturnType<SogniClient["projects"]["get"]>>["completedWorkerJobs"][number];

/** The parts of the SDK's records that are used; each may be missing. */
interface RawRecord {
  status: string;
  reason?: unknown;
  imageCount?: number;
  completedWorkerJobs?: RawJob[];
  costActual?: { costInToken?: unknown };
}

const ENDINGS: Readonly<Record<string, ProjectRecord["status"]>> = {
  completed: "completed",
  failed: "failed",
  errored: "failed",
  canceled: "cancelled",
  cancelled: "cancelled",
};

/**
 * Looks a project up.
 *
 * @returns `unknown` when neither the records nor the list of running projects have it
 * @throws the SDK's error when the service does not answer clearly
 */
export async function lookUpProject(client: SogniClient, id: string): Promise<ProjectRecord> {
  const status = await found(client.projects.getStatus(id));
  if (status && !status.finished) return { status: "running", outputs: [], billed: null };
  // The finished record comes a moment after the end; until then the project counts as running.
  const record: RawRecord | undefined = await found(client.projects.get(id)) ?? status;
  if (!record) return { status: "unknown", outputs: [], billed: null };
  const ending = ENDINGS[record.status] ?? "running";
  const outputs = (record.completedWorkerJobs ?? []).map(describeJob);
  const isWhole = ending !== "completed" || outputs.length >= (record.imageCount ?? 1);
  if (ending === "running" || !isWhole) return { status: "running", outputs, billed: null };
  return {
    status: ending,
    outputs,
    billed: billedOf(record),
    ...(ending === "completed" ? {} : { error: endError(id, record.reason) }),
  };
}

/** Tokens that a record says were taken; `null` when it does not say. */
export function billedOf({ costActual }: Pick<RawRecord, "costActual">): number | null {
  const text = costActual?.costInToken;
  const value = typeof text === "string" && text !== "" ? Number(text) : text;
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

/** A new address of a finished output. */
export async function mintUrl(
  client: SogniClient,
  projectId: string,
  jobId: string,
  { type, outputFormat }: Pick<ProjectParams, "type" | "outputFormat">,
): Promise<string> {
  const { projects } = client;
  if (type === "image") {
    const contentType = outputFormat && IMAGE_TYPES[outputFormat];
    return await projects.downloadUrl({
      jobId: projectId,
      imageId: jobId,
      type: "complete",
      ...(contentType ? { contentType } : {}),
    });
  }
  const contentType = type === "audio" ? AUDIO_TYPES[outputFormat ?? "mp3"] : undefined;
  return await projects.mediaDownloadUrl({
    jobId: projectId,
    id: jobId,
    type: "complete",
    ...(contentType ? { contentType } : {}),
  });
}

const IMAGE_TYPES: Readonly<Record<string, string>> = {
  png: "image/png",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  webp: "image/webp",
};
const AUDIO_TYPES: Readonly<Record<string, string>> = {
  mp3: "audio/mpeg",
  flac: "audio/flac",
  wav: "audio/wav",
};

async function found<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if ((error as { status?: unknown }).status === 404) return undefined;
    throw error;
  }
}

function describeJob(job: RawJob, index: number): ProjectOutput {
  const seed = Number(job.seedUsed);
  const base = {
    index,
    jobId: (job.imgID ?? "").toUpperCase(),
    ...(job.seedUsed !== undefined && Number.isFinite(seed) ? { seed } : {}),
  };
  if (job.status !== "jobCompleted") {
    return { ...base, status: "failed", error: endError(undefined, job.reason) };
  }
  return { ...base, status: job.triggeredNSFWFilter ? "withheld" : "completed" };
}

function endError(projectId: string | undefined, reason: unknown): AppError {
  const word = typeof reason === "string" && reason !== "" ? reason : undefined;
  const facts = projectId === undefined ? {} : { projectId };
  if (word === "artistCanceled") {
    return new AppError("USER_CANCELLED", "The project was cancelled.", { details: facts });
  }
  const failure = {
    message: word ? `The service ended the project: ${word}` : "The service ended the project.",
    ...(word && /^\d+$/.test(word) ? { code: Number(word) } : { originalCode: word }),
  };
  return mapServiceError(failure, "PROJECT_FAILED", facts);
}
