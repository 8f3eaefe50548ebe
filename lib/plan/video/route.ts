/** Which model makes the video. */
import type { PluginConfig } from "../../catalog/plugin_config.ts";
import { DEFAULT_VIDEO_MODELS, findVideoModel, videoModel } from "../../catalog/video_models.ts";
import {
  PRO_VIDEO_MODELS,
  SOUND_VIDEO_MODELS,
  STORYBOARD_MODEL,
} from "../../catalog/video_routing.ts";
import type { VideoModel, VideoWorkflow } from "../../catalog/video_families.ts";
import { AppError, invalidArgument } from "../../errors/app_error.ts";
import { isSeedanceSelector, modelsOfSelector, workflowContradiction } from "./workflow.ts";
import { mentionsMorph, wantsSound } from "./words.ts";

/** What the model is chosen from. */
export interface RouteFacts {
  workflow: VideoWorkflow;
  /** `--model` as typed. */
  selector?: string;
  quality?: "fast" | "hq" | "pro";
  prompt: string;
  /** A voice clip is to be imitated. */
  voice: boolean;
  /** Both a start and an end image are given. */
  twoKeyframes: boolean;
  storyboard: boolean;
  config: PluginConfig;
}

const VOICE_WORKFLOWS: readonly VideoWorkflow[] = ["t2v", "i2v"];

/**
 * The model of a job.
 *
 * @throws AppError `INVALID_ARGUMENT` when model and workflow, or model and voice, do not fit
 */
export function chooseModel(facts: RouteFacts): VideoModel {
  const { workflow, selector, voice } = facts;
  if (voice && !VOICE_WORKFLOWS.includes(workflow)) {
    throw invalidArgument(
      `--reference-audio-identity works with the workflows t2v and i2v only (this job is ${workflow}).`,
      { workflow, allowed: [...VOICE_WORKFLOWS] },
      "Leave the voice clip out, or drop the references that make this another workflow; a persona with a voice clip counts as one.",
    );
  }
  const model = videoModel(selector === undefined ? routedId(facts) : idOf(selector, workflow));
  if (model.workflows.length > 0 && !model.workflows.includes(workflow)) {
    throw workflowContradiction(workflow, selector ?? model.id, model.workflows);
  }
  if (voice && !model.voiceIdentity) {
    const fitting = SOUND_VIDEO_MODELS[workflow] ?? "ltx23";
    throw invalidArgument(
      `--reference-audio-identity needs an LTX-2.3 model; "${model.id}" cannot imitate a voice.`,
      { model: model.id, workflow },
      `Use -m ${fitting}, or leave --model out.`,
    );
  }
  return model;
}

/** The id that a selector means in a workflow; an unknown id stays as it is. */
export function idOf(selector: string, workflow: VideoWorkflow): string {
  return modelsOfSelector(selector)?.[workflow] ?? findVideoModel(selector)?.id ?? selector;
}

function defaultId(workflow: VideoWorkflow): string {
  if (workflow !== "r2v") return DEFAULT_VIDEO_MODELS[workflow];
  throw invalidArgument(
    "--workflow r2v has no default model.",
    { workflow },
    "Name a model that takes loose references, e.g. -m happyhorse with one to nine -c images.",
  );
}

function routedId(facts: RouteFacts): string {
  const { workflow, quality, voice, storyboard } = facts;
  if (storyboard) return STORYBOARD_MODEL;
  const pro = PRO_VIDEO_MODELS[workflow];
  if (quality === "pro" && pro !== undefined) return pro;
  const configured = configuredId(facts);
  const sound = SOUND_VIDEO_MODELS[workflow];
  if (voice && sound !== undefined) {
    const fits = configured !== undefined && videoModel(configured).voiceIdentity;
    return fits ? configured : sound;
  }
  if (workflow === "i2v" && quality === "hq" && sound !== undefined) return sound;
  if (configured !== undefined) return configured;
  const audible = workflow === "i2v" && (wantsSound(facts.prompt) || wantsMorph(facts));
  return audible && sound !== undefined ? sound : defaultId(workflow);
}

// Only LTX knows the LoRA that blends two keyframes.
function wantsMorph({ twoKeyframes, prompt }: RouteFacts): boolean {
  return twoKeyframes && mentionsMorph(prompt);
}

function configuredId({ config, workflow }: RouteFacts): string | undefined {
  if (workflow === "r2v") return undefined;
  const selector = config.videoModels?.[workflow];
  if (selector === undefined || selector === "") return undefined;
  const id = idOf(selector, workflow);
  const { workflows } = videoModel(id);
  if (workflows.length === 0 || workflows.includes(workflow)) return id;
  throw new AppError(
    "INVALID_CONFIG",
    `videoModels.${workflow} in the plugin configuration names "${selector}", which does ${
      workflows.join(", ")
    }.`,
    {
      details: { property: `videoModels.${workflow}`, value: selector, allowed: [...workflows] },
      hint: `Name a model that does ${workflow}, or give one with --model.`,
    },
  );
}

/** The selector leaves the workflow to the prompt's storyboard rule. */
export function allowsStoryboard(
  selector: string | undefined,
  asked: VideoWorkflow | undefined,
): boolean {
  return (selector === undefined || isSeedanceSelector(selector)) &&
    (asked === undefined || asked === "t2v");
}
