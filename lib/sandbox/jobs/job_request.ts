/** Reads the `jobRequest` frame: what is to be made, for whom, and with which uploads. */
import type { TokenType } from "../account/prices.ts";
import { readMarkers } from "../faults/inline.ts";
import type { FaultRule } from "../faults/script.ts";
import { isObject } from "../http/reply.ts";
import type { ModelEntry } from "../models/model_list.ts";
import { sizePresets } from "../models/size_presets.ts";

/** A request in the sandbox's own terms. */
export interface JobRequest {
  /** Project id, upper case. */
  readonly id: string;
  readonly modelId: string;
  /** Without fault markers. */
  readonly prompt: string;
  readonly inlineFaults: readonly FaultRule[];
  readonly count: number;
  readonly previews: number;
  /** The content filter is off. */
  readonly filterDisabled: boolean;
  readonly tokenType: TokenType;
  readonly billingMode: string | undefined;
  readonly network: "fast" | "relaxed";
  /** Such as `png`, `mp4`, `mp3`. */
  readonly format: string;
  /** Undefined when the service is to choose. */
  readonly seed: number | undefined;
  readonly steps: number | undefined;
  readonly width: number | undefined;
  readonly height: number | undefined;
  readonly sizePreset: string | undefined;
  readonly fps: number | undefined;
  readonly frames: number | undefined;
  /** Seconds. */
  readonly duration: number | undefined;
  readonly bpm: number | undefined;
  readonly quality: string | undefined;
  readonly generateAudio: boolean;
  /** Upload slots that the request says are filled. */
  readonly slots: readonly string[];
  /** The frame as it came, for `clientRequestData`. */
  readonly raw: Record<string, unknown>;
}

/** @returns `undefined` when the frame has no project id or no key frame */
export function readJobRequest(data: unknown): JobRequest | undefined {
  if (!isObject(data) || typeof data.jobID !== "string" || !Array.isArray(data.keyFrames)) {
    return undefined;
  }
  const frame: unknown = data.keyFrames[0];
  if (!isObject(frame) || typeof frame.modelID !== "string") return undefined;
  const marked = readMarkers(text(frame.positivePrompt) ?? "");
  return {
    id: data.jobID.toUpperCase(),
    modelId: frame.modelID,
    prompt: marked.prompt,
    inlineFaults: marked.rules,
    count: Math.max(1, Math.trunc(number(data.numberOfImages) ?? 1)),
    previews: number(data.previews) ?? 0,
    filterDisabled: data.disableSafety === true,
    tokenType: data.tokenType === "sogni" ? "sogni" : "spark",
    billingMode: text(data.billingMode),
    network: data.network === "relaxed" ? "relaxed" : "fast",
    format: (text(data.outputFormat) ?? "png").replace("jpeg", "jpg"),
    seed: seedOf(frame.seed),
    steps: number(frame.steps),
    width: number(frame.width),
    height: number(frame.height),
    sizePreset: text(frame.sizePreset),
    fps: number(frame.fps),
    frames: number(frame.frames),
    duration: number(frame.duration),
    bpm: number(frame.bpm),
    quality: text(frame.gptImageQuality),
    generateAudio: frame.generateAudio !== false,
    slots: filledSlots(frame),
    raw: data,
  };
}

/** Pixels of the result: as asked, else the preset's, else the model's own. */
export function resultSize(
  request: JobRequest,
  model: ModelEntry,
): { width: number; height: number } {
  if (request.width && request.height) return { width: request.width, height: request.height };
  const preset = sizePresets(model.width).find(({ id }) => id === request.sizePreset);
  return preset ?? { width: model.width, height: model.height };
}

/** Flags of the key frame by the upload slot that they promise. */
const SLOT_FLAGS: Readonly<Record<string, string>> = {
  hasStartingImage: "startingImage",
  hasReferenceImage: "referenceImage",
  hasReferenceImageEnd: "referenceImageEnd",
  hasReferenceAudio: "referenceAudio",
  // A voice sample travels in the same slot as the sound; a model takes one of the two.
  hasReferenceAudioIdentity: "referenceAudio",
  hasReferenceVideo: "referenceVideo",
  hasReferenceMask: "referenceMask",
};

function filledSlots(frame: Record<string, unknown>): string[] {
  const slots = Object.entries(SLOT_FLAGS).flatMap(([flag, slot]) =>
    frame[flag] === true ? [slot] : []
  );
  for (const flag of Object.keys(frame)) {
    const numbered = /^has(ContextImage|ReferenceAudio|ReferenceVideo)(\d+)$/.exec(flag);
    if (!numbered || frame[flag] !== true) continue;
    const name = numbered[1] ?? "";
    slots.push(`${name.charAt(0).toLowerCase()}${name.slice(1)}${numbered[2]}`);
  }
  const controlNets = Array.isArray(frame.currentControlNetsJob) ? frame.currentControlNetsJob : [];
  if (controlNets.some((net) => isObject(net) && net.hasImage === true)) slots.push("cnImage");
  return [...new Set(slots)];
}

function seedOf(value: unknown): number | undefined {
  const seed = number(value);
  return seed === undefined || seed < 0 ? undefined : seed;
}

function number(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
