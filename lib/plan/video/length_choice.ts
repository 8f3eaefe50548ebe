/** How long a video is, with all rules in order. */
import type { VideoModel } from "../../catalog/video_families.ts";
import type { SharedChoices } from "../shared.ts";
import type { PlanInput } from "../types.ts";
import { timeDialogue } from "./dialogue.ts";
import { chooseFps, clampSeconds, DEFAULT_SECONDS, warnAboutFrames } from "./length.ts";
import type { PromptReading } from "./read_prompt.ts";
import { STORYBOARD_PROMPT } from "./storyboard.ts";

/** Length and rate of a clip. */
export interface VideoLength {
  fps: number;
  /** Seconds; frames divided by fps when the frames were given. */
  seconds: number;
  /** Only when `--frames` was given. */
  frames?: number;
}

/** What the length depends on. */
export interface LengthFacts {
  input: PlanInput;
  reading: PromptReading;
  model: VideoModel;
  /** Every text that will be sent. */
  variants: readonly string[];
  addNote: SharedChoices["addNote"];
}

/** Length: frames, else seconds from flag, prompt, configuration; speech may need more. */
export function chooseLength(facts: LengthFacts): VideoLength {
  const { input: { options, config }, reading, model } = facts;
  const fps = chooseFps(options.fps, config.defaultFps, model, facts);
  // The caller is told about words of his own only.
  const variants = facts.variants.filter((text) => text !== STORYBOARD_PROMPT);
  const { frames } = options;
  if (frames !== undefined) {
    warnAboutFrames(frames, model, facts);
    const seconds = frames / fps;
    if (!reading.literal) timeDialogue(variants, { seconds, fixed: true }, facts);
    return { fps, seconds, frames };
  }
  const asked = options.duration ?? reading.seconds;
  const planned = asked ?? positive(config.defaultDurationSec) ?? DEFAULT_SECONDS;
  const spoken = { seconds: planned, fixed: asked !== undefined };
  const wanted = reading.literal ? planned : timeDialogue(variants, spoken, facts);
  return { fps, seconds: clampSeconds(wanted, model, facts) };
}

function positive(value: number | undefined): number | undefined {
  return value !== undefined && value > 0 ? value : undefined;
}
