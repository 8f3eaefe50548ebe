/** The blend from a start image to an end image. */
import type { VideoModel } from "../../catalog/video_families.ts";
import type { VideoAssets } from "./assets_given.ts";

/** LoRAs and prompt of a job after the blend was added. */
export interface MorphedJob {
  prompt: string;
  loras: string[];
  loraStrengths: number[];
}

/**
 * Adds LoRA and trigger word when the model knows the blend and both keyframes are given.
 *
 * @param loras already in the job; without strengths they count as 1
 */
export function addMorph(
  job: MorphedJob,
  model: Pick<VideoModel, "morph">,
  { ref, refEnd }: Pick<VideoAssets, "ref" | "refEnd">,
): MorphedJob {
  const { morph } = model;
  if (morph === undefined || ref === undefined || refEnd === undefined) return job;
  const hasLora = job.loras.includes(morph.lora);
  const hasTrigger = new RegExp(String.raw`\b${morph.trigger}\b`, "i").test(job.prompt);
  return {
    prompt: hasTrigger ? job.prompt : `${job.prompt}, ${morph.trigger}`,
    loras: hasLora ? job.loras : [...job.loras, morph.lora],
    loraStrengths: hasLora
      ? job.loraStrengths
      : [...job.loras.map((_, index) => job.loraStrengths[index] ?? 1), morph.strength],
  };
}
