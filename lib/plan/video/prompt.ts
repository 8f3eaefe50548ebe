/** The rewriting of a video prompt: guidance first, sections and trigger words last. */
import type { VideoModel } from "../../catalog/video_families.ts";
import type { Options } from "../../cli/flags/table.ts";
import type { SharedChoices } from "../shared.ts";
import type { VideoAssets } from "./assets_given.ts";
import { doubleQuoteSpeech } from "./dialogue.ts";
import { addMorph } from "./morph.ts";
import type { MorphedJob } from "./morph.ts";
import type { PromptReading } from "./read_prompt.ts";
import { sectionPrompt } from "./voice_identity.ts";

/** The caller lets us change the text. */
export function mayRewrite(reading: PromptReading, options: Options): boolean {
  return !reading.literal && options.expandPrompt !== false;
}

/** The text with speech in double quotes. */
export function guidePrompt(
  text: string,
  reading: PromptReading,
  options: Options,
  shared: Pick<SharedChoices, "addNote">,
): string {
  return mayRewrite(reading, options) ? doubleQuoteSpeech(text, shared) : text;
}

/** What the last step of rewriting depends on. */
export interface FinishFacts {
  model: VideoModel;
  assets: VideoAssets;
  rewrite: boolean;
  shared: Pick<SharedChoices, "loras" | "loraStrengths" | "voicePersonaName">;
}

/** The text as sent, with the LoRAs that belong to it. */
export function finishPrompt(
  text: string,
  { model, assets, rewrite, shared }: FinishFacts,
): MorphedJob {
  const prompt = rewrite && assets.voice !== undefined
    ? sectionPrompt(text, shared.voicePersonaName)
    : text;
  const job = { prompt, loras: [...shared.loras], loraStrengths: [...shared.loraStrengths] };
  return addMorph(job, model, assets);
}
