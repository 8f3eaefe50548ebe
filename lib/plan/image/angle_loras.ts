/** The LoRAs of a multi-angle plan: those that were named, and the one that turns the camera. */
import { MULTIPLE_ANGLES_LORA } from "../../catalog/loras.ts";
import type { Options } from "../../cli/flags/table.ts";
import { checkLoras } from "../loras.ts";
import type { LoraChoice } from "../loras.ts";

/**
 * Adds the camera LoRA. Its strength is `--angle-strength`, else a single `--lora-strength` when no
 * LoRA is named, else its usual one; other LoRAs keep theirs, or 1.
 */
export function angleLoras(options: Options): LoraChoice {
  const { id, strength } = MULTIPLE_ANGLES_LORA;
  const loras = options.loras ?? [];
  const strengths = options.loraStrengths ?? [];
  if (loras.length === 0 && strengths.length === 1) {
    return { loras: [id], loraStrengths: [options.angleStrength ?? strengths[0] ?? strength] };
  }
  checkLoras({ loras, loraStrengths: strengths }, "image");
  const known = loras.map((name, index) => strengths[index] ?? (name === id ? strength : 1));
  if (!loras.includes(id)) {
    return { loras: [...loras, id], loraStrengths: [...known, options.angleStrength ?? strength] };
  }
  return {
    loras,
    loraStrengths: known.map((value, index) =>
      loras[index] === id ? options.angleStrength ?? value : value
    ),
  };
}
