/** What results and failures say about a video job. */
import { failureContext } from "../context.ts";
import type { PlanInput } from "../types.ts";
import { controlParams } from "./controlnet.ts";
import type { VideoJob } from "./job.ts";
import { parsePoints } from "./sam2.ts";

/** Choices that are made after the job is settled. */
export interface LateChoices {
  seed: number;
  seedStrategy: string | null;
  tokenType: string;
  outputFormat?: string;
  voicePersonaName?: string;
}

/** The fields of the success object that planning decides. */
export function summarize(
  { options }: PlanInput,
  job: VideoJob,
  late: LateChoices,
): Record<string, unknown> {
  const { model, assets, frame, length, loras, loraStrengths } = job;
  const vendor = model.references !== undefined;
  const control = vendor ? undefined : options.controlnetName;
  const several = (list: readonly string[]) => list.length > 1 ? [...list] : undefined;
  return compact({
    type: "video",
    prompt: job.prompt,
    model: model.id,
    width: frame.size.width,
    height: frame.size.height,
    seed: late.seed,
    seedStrategy: late.seedStrategy,
    tokenType: late.tokenType,
    outputFormat: late.outputFormat,
    loras: loras.length > 0 ? loras : undefined,
    loraStrengths: loraStrengths.length > 0 ? loraStrengths : undefined,
    workflow: job.workflow,
    fps: length.fps,
    duration: length.seconds,
    frames: length.frames,
    targetResolution: frame.targetResolution,
    strictSize: options.strictSize ?? false,
    autoResizeVideoAssets: options.autoResizeAssets,
    refImage: assets.ref ?? null,
    refImageEnd: assets.refEnd ?? null,
    refAudio: assets.audios[0],
    audioStart: options.audioStart,
    audioDuration: options.audioDuration,
    refAudios: several(assets.audios),
    referenceAudioIdentity: assets.voice,
    voicePersonaName: assets.voice === undefined ? undefined : late.voicePersonaName,
    refVideo: assets.videos[0],
    videoStart: options.videoStart,
    refVideos: several(assets.videos),
    controlNet: control === undefined
      ? undefined
      : controlParams(control, options.controlnetStrength).controlNet,
    sam2Coordinates: options.sam2Coordinates === undefined
      ? undefined
      : parsePoints(options.sam2Coordinates),
    trimEndFrame: options.trimEndFrame,
    firstFrameStrength: options.firstFrameStrength,
    lastFrameStrength: options.lastFrameStrength,
    effectiveWidth: frame.effective?.width,
    effectiveHeight: frame.effective?.height,
    effectiveFromReference: frame.effectiveFromReference,
    adjustedVideoDims: frame.adjusted,
    contextImages: assets.context.length > 0 ? [...assets.context] : undefined,
  });
}

/** The `context` object of failures. */
export function videoContext(
  { options }: PlanInput,
  { workflow, model, assets, frame, length }: VideoJob,
  count: number,
  tokenType: string,
): Record<string, unknown> {
  return failureContext(compact({
    video: true,
    workflow,
    model: model.id,
    width: frame.size.width,
    height: frame.size.height,
    strictSize: options.strictSize ?? false,
    count,
    tokenType,
    fps: length.fps,
    duration: length.seconds,
    frames: length.frames,
    autoResizeVideoAssets: options.autoResizeAssets,
    refImage: assets.ref,
    refImageEnd: assets.refEnd,
    refAudio: assets.audios[0],
    referenceAudioIdentity: assets.voice,
    refVideo: assets.videos[0],
    effectiveWidth: frame.effective?.width,
    effectiveHeight: frame.effective?.height,
    adjustedVideoDims: frame.adjusted === undefined ? undefined : { ...frame.adjusted },
  }));
}

type Compact<T> =
  & { [K in keyof T as undefined extends T[K] ? never : K]: T[K] }
  & { [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined> };

// Leaves out what is undefined.
function compact<T extends Record<string, unknown>>(fields: T): Compact<T> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as Compact<T>;
}
