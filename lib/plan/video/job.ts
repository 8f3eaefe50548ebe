/** A video job with every question settled. */
import type { VideoModel, VideoWorkflow } from "../../catalog/video_families.ts";
import type { VideoAssets } from "./assets_given.ts";
import type { FrameSize } from "./frame_size.ts";
import type { VideoLength } from "./length_choice.ts";
import type { VideoSettings } from "./settings.ts";

/** What the parts of a plan are made from. */
export interface VideoJob {
  workflow: VideoWorkflow;
  model: VideoModel;
  assets: VideoAssets;
  /** The prompt as sent, with `{a|b}` groups still in it. */
  prompt: string;
  /** One text for each output, when the prompt varies. */
  variations?: readonly VideoVariation[];
  length: VideoLength;
  frame: FrameSize;
  settings: VideoSettings;
  loras: string[];
  loraStrengths: number[];
}

/** One variation of a prompt. */
export interface VideoVariation {
  /** For people. */
  label: string;
  /** As sent. */
  prompt: string;
}
