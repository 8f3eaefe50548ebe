/** Data: the LoRAs of the sandbox's catalogue. */

/** One LoRA as the service lists it. */
export interface LoraEntry {
  readonly loraId: string;
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  readonly relatedLoraIds: readonly string[];
  readonly ui: Readonly<Record<string, unknown>>;
  readonly modelIds: readonly string[];
}

/** LoRAs that the command line uses by itself. */
export const LORAS: readonly LoraEntry[] = [
  lora("multiple_angles", "Multiple Angles", 0.9, [
    "qwen_image_edit_2511_fp8",
    "qwen_image_edit_2511_fp8_lightning",
  ]),
  lora("transition", "Transition", 1, ["ltx23-22b-fp8_i2v_distilled", "ltx23-22b-fp8_i2v_dev"]),
];

function lora(id: string, name: string, strength: number, modelIds: readonly string[]): LoraEntry {
  return {
    loraId: id,
    slug: id.replaceAll("_", "-"),
    name,
    description: `${name} (sandbox)`,
    relatedLoraIds: [],
    ui: {
      min: -2,
      max: 2,
      default: strength,
      step: 0.05,
      recommendedMin: 0.5,
      recommendedMax: 1.2,
      category: "utility",
      nsfw: false,
      sexual: false,
      creator: "sandbox",
      sourceUrl: "",
    },
    modelIds,
  };
}
