/** How a project is told over REST and in the socket's snapshots. */
import { Buffer } from "node:buffer";
import type { SandboxContext } from "../context.ts";
import { resultSize } from "./job_request.ts";
import { isFinished, type Output, type Project } from "./project.ts";

/** The record of `GET /v1/projects/{id}`, which exists only for finished projects. */
export function projectRecord(project: Project, context: SandboxContext): Record<string, unknown> {
  const cost = costRows(project);
  return {
    id: project.id,
    SID: project.number,
    artist: { username: context.account.username, address: context.account.address },
    model: { id: project.model.id, SID: project.model.sid, name: project.model.name },
    imageCount: project.outputs.length,
    stepCount: stepCount(project),
    previewCount: project.request.previews,
    hasGuideImage: project.request.slots.includes("startingImage"),
    denoiseStrength: "0",
    costEstimate: { rate: {}, quote: { model: {}, job: cost, project: cost } },
    costActual: cost,
    createTime: project.createdAt,
    updateTime: project.updatedAt,
    endTime: project.endedAt ?? 0,
    status: project.status,
    reason: project.reason ?? null,
    network: project.request.network,
    txId: `sandbox-${project.number}`,
    workerJobs: jobs(project, false),
    completedWorkerJobs: jobs(project, true),
  };
}

/** The answer of `GET /v2/projects/{id}`, for projects in any state. */
export function projectStatus(project: Project, context: SandboxContext): Record<string, unknown> {
  return {
    ...projectRecord(project, context),
    status: STATUS_WORDS[project.status],
    finished: isFinished(project),
  };
}

/** An entry of the snapshots by which a client finds its projects again. */
export function recoveredProject(project: Project): Record<string, unknown> {
  const { request, model } = project;
  const size = model.media === "audio" ? {} : resultSize(request, model);
  return {
    id: project.id,
    SID: project.number,
    appId: project.appId,
    model: { id: model.id, SID: model.sid, name: model.name, type: model.media },
    ...(model.media === "image" ? {} : { modelType: model.media }),
    jobType: model.media,
    imageCount: project.outputs.length,
    stepCount: stepCount(project),
    previewCount: request.previews,
    createTime: project.createdAt,
    updateTime: project.updatedAt,
    endTime: project.endedAt ?? null,
    status: project.status,
    reason: project.reason ?? null,
    network: request.network,
    tokenType: request.tokenType,
    ...(request.billingMode === undefined ? {} : { billingMode: request.billingMode }),
    sizePreset: request.sizePreset ?? "custom",
    ...size,
    clientRequestData: Buffer.from(JSON.stringify(request.raw)).toString("base64"),
    workerJobs: jobs(project, false),
    completedWorkerJobs: jobs(project, true),
  };
}

const STATUS_WORDS: Readonly<Record<Project["status"], string>> = {
  pending: "pending",
  queued: "queued",
  progress: "processing",
  completed: "completed",
  errored: "failed",
  cancelled: "canceled",
};

function jobs(project: Project, finished: boolean): Record<string, unknown>[] {
  return project.outputs
    .filter(({ status }) => (status === "jobCompleted" || status === "jobError") === finished)
    // An output that no worker has taken is not a job yet.
    .filter(({ status }) => status !== "created")
    .map((output) => job(project, output));
}

function job(project: Project, output: Output): Record<string, unknown> {
  return {
    id: project.id,
    SID: `${project.number}-${output.index + 1}`,
    imgID: output.imageId,
    worker: { name: output.workerName, username: output.workerName },
    createTime: project.createdAt,
    startTime: output.startedAt ?? null,
    updateTime: output.endedAt ?? project.updatedAt,
    endTime: output.endedAt ?? null,
    status: output.status,
    reason: output.reason ?? null,
    performedSteps: output.performedSteps,
    triggeredNSFWFilter: output.withheld,
    ...(output.detected ? { nsfwDetected: true } : {}),
    ...(output.sources.length > 0 ? { nsfwSources: output.sources } : {}),
    seedUsed: output.seed,
    costActual: costRows(project),
    network: project.request.network,
    outputFormat: project.request.format,
  };
}

function stepCount(project: Project): number {
  return project.request.steps ?? project.model.defaultSteps ?? 0;
}

function costRows(project: Project): Record<string, string> {
  const { price, request } = project;
  return {
    costInRenderSec: String(price.renderSeconds),
    costInUSD: String(price.usd),
    costInToken: String(request.tokenType === "sogni" ? price.sogni : price.spark),
  };
}
