/** The price of exactly one planned project, asked of the service; unknown stays unknown. */
import type { SogniClient } from "@sogni-ai/sogni-client";
import { AppError } from "../errors/app_error.ts";
import type { MediaSlot, ProjectParams } from "../plan/types.ts";
import type { Estimate } from "./types.ts";

type EstimateRequest = Parameters<SogniClient["projects"]["estimateCost"]>[0];

/** @throws AppError MISSING_STEPS when neither the plan nor the service knows the steps */
export async function estimateProject(
  client: SogniClient,
  params: ProjectParams,
  media: readonly { slot: MediaSlot }[],
): Promise<Estimate> {
  const count = (slot: MediaSlot) => media.filter((item) => item.slot === slot).length;
  if (params.type === "audio") {
    const steps = params.steps ?? await defaultSteps(client, params.modelId);
    if (steps === undefined) throw missingSteps(params.modelId);
    return toEstimate(
      await client.projects.estimateAudioCost({
        tokenType: params.tokenType,
        model: params.modelId,
        duration: params.duration ?? 30,
        steps,
        numberOfMedia: params.numberOfMedia,
        ...(params.network ? { network: params.network } : {}),
      }),
    );
  }
  if (params.type === "video") {
    const fps = params.fps ?? 24;
    const duration = params.frames === undefined
      ? params.duration ?? 5
      : Math.max(1, Math.round((params.frames - 1) / fps));
    const references = count("referenceVideo") + count("referenceVideoUrls");
    const pictures = count("referenceImage") + count("referenceImageEnd") +
      count("referenceImageUrls");
    return toEstimate(
      await client.projects.estimateVideoCost({
        tokenType: params.tokenType,
        model: params.modelId,
        width: params.width ?? 0,
        height: params.height ?? 0,
        duration,
        fps,
        numberOfMedia: params.numberOfMedia,
        ...(params.frames === undefined ? {} : { frames: params.frames }),
        ...(params.steps === undefined ? {} : { steps: params.steps }),
        ...(pictures > 0 ? { referenceImageCount: pictures } : {}),
        ...(references > 0 ? { hasVideoInput: true, referenceVideoCount: references } : {}),
      }),
    );
  }
  const stepCount = params.steps ?? await defaultSteps(client, params.modelId);
  if (stepCount === undefined) throw missingSteps(params.modelId);
  const contextImages = count("contextImages");
  const request: EstimateRequest = {
    tokenType: params.tokenType,
    model: params.modelId,
    imageCount: params.numberOfMedia,
    stepCount,
    previewCount: 0,
    cnEnabled: params.controlNet !== undefined,
    ...(params.network ? { network: params.network } : {}),
    ...(params.width === undefined ? {} : { width: params.width }),
    ...(params.height === undefined ? {} : { height: params.height }),
    ...(params.guidance === undefined ? {} : { guidance: params.guidance }),
    ...(params.sampler === undefined ? {} : { sampler: params.sampler }),
    ...(contextImages > 0 ? { contextImages } : {}),
    ...(params.gptImageQuality ? { gptImageQuality: params.gptImageQuality } : {}),
  };
  return toEstimate(await client.projects.estimateCost(request));
}

async function defaultSteps(client: SogniClient, model: string): Promise<number | undefined> {
  const options = await client.projects.getModelOptions(model) as { steps?: { default?: number } };
  return options.steps?.default;
}

function missingSteps(model: string): AppError {
  return new AppError("MISSING_STEPS", `No number of steps is known for the model "${model}".`, {
    details: { model },
    hint: "Give it with --steps.",
  });
}

function toEstimate(cost: { spark: string; sogni: string; usd: string }): Estimate {
  return { spark: number(cost.spark), sogni: number(cost.sogni), usd: number(cost.usd) };
}

function number(text: string): number | null {
  const value = Number(text);
  return text !== "" && Number.isFinite(value) ? value : null;
}
