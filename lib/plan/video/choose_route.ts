/** Workflow, model and text of a video, chosen together. */
import type { VideoModel, VideoWorkflow } from "../../catalog/video_families.ts";
import type { SharedChoices } from "../shared.ts";
import { refuseOtherMedium } from "../other_medium.ts";
import type { PlanInput } from "../types.ts";
import type { VideoAssets } from "./assets_given.ts";
import type { PromptReading } from "./read_prompt.ts";
import { allowsStoryboard, chooseModel } from "./route.ts";
import { isStoryboardRequest, STORYBOARD_MAX_SECONDS, STORYBOARD_PROMPT } from "./storyboard.ts";
import { chooseWorkflow } from "./workflow.ts";

/** What makes the video, and of which text. */
export interface VideoRoute {
  workflow: VideoWorkflow;
  model: VideoModel;
  /** The text to send, before guidance. */
  text: string;
}

const VENDOR_FPS = 24;

/** Chooses workflow and model; a storyboard sheet brings its own text. */
export function chooseRoute(
  input: PlanInput,
  reading: PromptReading,
  assets: VideoAssets,
  shared: Pick<SharedChoices, "addNote">,
): VideoRoute {
  const { options, config } = input;
  const { model: selector, workflow: asked, quality } = options;
  if (selector !== undefined) refuseOtherMedium("--model", selector, "video");
  const storyboard = wantsStoryboard(input, reading, assets);
  const prompt = reading.text;
  const workflow = chooseWorkflow({
    ...(asked === undefined ? {} : { asked }),
    ...(selector === undefined ? {} : { selector }),
    assets,
    hasControl: options.controlnetName !== undefined,
    prompt,
    ...(config.defaultVideoWorkflow === undefined
      ? {}
      : { configured: config.defaultVideoWorkflow }),
    storyboard,
  });
  const model = chooseModel({
    workflow,
    ...(selector === undefined ? {} : { selector }),
    ...(quality === undefined ? {} : { quality }),
    prompt,
    voice: assets.voice !== undefined,
    twoKeyframes: assets.ref !== undefined && assets.refEnd !== undefined,
    storyboard,
    config,
  });
  if (!storyboard) return { workflow, model, text: prompt };
  shared.addNote("note", `Filming the storyboard with ${model.id}; the sheet replaces the prompt.`);
  return { workflow, model, text: STORYBOARD_PROMPT };
}

function wantsStoryboard(
  { options }: PlanInput,
  reading: PromptReading,
  { ref, refEnd, context, audios, videos, voice }: VideoAssets,
): boolean {
  if (reading.literal || options.expandPrompt === false) return false;
  if (!allowsStoryboard(options.model, options.workflow)) return false;
  const images = [ref, refEnd, ...context].filter((source) => source !== undefined).length;
  if (images !== 1 || audios.length > 0 || videos.length > 0 || voice !== undefined) return false;
  const seconds = options.frames === undefined
    ? options.duration ?? reading.seconds ?? 0
    : options.frames / VENDOR_FPS;
  return seconds <= STORYBOARD_MAX_SECONDS && isStoryboardRequest(reading.text);
}
