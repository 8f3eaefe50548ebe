/** LoRAs that planning adds by itself. */

/** A LoRA with what its use needs. */
export interface KnownLora {
  readonly id: string;
  readonly strength: number;
  /** Word that must stand in the prompt. */
  readonly promptToken: string;
}

/** Other camera angles with Qwen Image Edit 2511. */
export const MULTIPLE_ANGLES_LORA: KnownLora = {
  id: "multiple_angles",
  strength: 0.9,
  promptToken: "<sks>",
};

/** The way from one keyframe to another with LTX-2.3 image-to-video. */
export const TRANSITION_LORA: KnownLora = {
  id: "transition",
  strength: 1,
  promptToken: "zhuanchang",
};
