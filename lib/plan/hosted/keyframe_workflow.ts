/** The workflow made from a prompt alone: a generated picture, then a clip that begins with it. */
import { IMAGE_BRANCHES } from "../../catalog/image_branches.ts";
import { IMAGE_PRESETS } from "../../catalog/presets.ts";
import { chooseSeed, type SeedChoice, seedFieldsFromOptions } from "../seed.ts";
import { chooseCount } from "../shared.ts";
import { requestedToken } from "../tokens.ts";
import type { PlanInput } from "../types.ts";

/** The workflow's `input`, and the seed with what has to be said about it. */
export interface KeyframeWorkflow {
  readonly input: Record<string, unknown>;
  readonly seed: SeedChoice;
}

const TITLE = "Generated keyframe to video";
const SIDE = 512;
const DURATION_SECONDS = 5;

/** Builds the workflow. `input.prompt` must be there. */
export function keyframeWorkflow(input: PlanInput): KeyframeWorkflow {
  const { options } = input;
  const prompt = input.prompt ?? "";
  const size = keyframeSize(input);
  const model = keyframeModel(input);
  const variations = chooseCount(input);
  const seed = chooseSeed(input, {
    ...seedFieldsFromOptions(options),
    prompt,
    model,
    workflow: "image",
    ...size,
    tokenType: requestedToken(options, input.config),
  });
  const negative = options.negativePrompt ? { negativePrompt: options.negativePrompt } : {};
  const keyframe = {
    id: "keyframe",
    toolName: "generate_image",
    arguments: {
      prompt,
      ...negative,
      ...size,
      model,
      numberOfVariations: variations,
      seed: seed.seed,
    },
  };
  const clip = {
    id: "clip",
    toolName: "generate_video",
    arguments: {
      prompt: options.videoPrompt ?? prompt,
      ...negative,
      ...size,
      ...(options.videoModel === undefined ? {} : { videoModel: options.videoModel }),
      duration: options.duration ?? input.config.defaultDurationSec ?? DURATION_SECONDS,
      numberOfVariations: variations,
      ...(options.generateAudio === undefined ? {} : { generateAudio: options.generateAudio }),
      ...(options.expandPrompt === undefined ? {} : { expandPrompt: options.expandPrompt }),
    },
    dependsOn: [{
      sourceStepId: "keyframe",
      sourceArtifactIndex: 0,
      targetArgument: "referenceImageIndices",
      mediaType: "image",
      transform: "image_index",
      required: true,
    }],
  };
  return { input: { title: options.workflowTitle ?? TITLE, steps: [keyframe, clip] }, seed };
}

/** The picture's model: named, by preset, by what is attached, or the usual one. */
export function keyframeModel({ options, config, personas = [] }: PlanInput): string {
  if (options.model !== undefined) return options.model;
  if (options.quality !== undefined) return IMAGE_PRESETS[options.quality].model;
  const hasPhoto = personas.some(({ photoPath }) => photoPath !== undefined);
  const branch = (options.context?.length ?? 0) > 0 || hasPhoto
    ? IMAGE_BRANCHES.edit
    : options.photobooth
    ? IMAGE_BRANCHES.photobooth
    : IMAGE_BRANCHES["text-to-image"];
  const configured = branch.configuredModel === undefined
    ? undefined
    : config[branch.configuredModel];
  return configured ?? branch.model;
}

function keyframeSize({ options, config }: PlanInput): { width: number; height: number } {
  const preset = options.quality === undefined
    ? undefined
    : IMAGE_PRESETS[options.quality].size ?? [SIDE, SIDE] as const;
  return {
    width: options.width ?? preset?.[0] ?? config.defaultWidth ?? SIDE,
    height: options.height ?? preset?.[1] ?? config.defaultHeight ?? SIDE,
  };
}
