/** What each kind of image generation starts from when nothing else is said. */
import type { PluginConfig } from "./plugin_config.ts";

/** The kinds of image generation. */
export type ImageBranch = "text-to-image" | "edit" | "photobooth" | "multi-angle";

/** Starting values of one kind. */
export interface ImageBranchDefaults {
  readonly model: string;
  /** Configuration property that replaces the model. */
  readonly configuredModel?: keyof Pick<
    PluginConfig,
    "defaultImageModel" | "defaultEditModel" | "defaultPhotoboothModel"
  >;
  /** A quality preset brings its own model. */
  readonly presetModel: boolean;
  readonly size: readonly [number, number];
  /** Seconds for one project. */
  readonly timeoutSeconds: number;
}

/** Starting values by kind. */
export const IMAGE_BRANCHES: Readonly<Record<ImageBranch, ImageBranchDefaults>> = {
  "text-to-image": {
    model: "z_image_turbo_bf16",
    configuredModel: "defaultImageModel",
    presetModel: true,
    size: [512, 512],
    timeoutSeconds: 30,
  },
  edit: {
    model: "qwen_image_edit_2511_fp8_lightning",
    configuredModel: "defaultEditModel",
    presetModel: false,
    size: [512, 512],
    timeoutSeconds: 60,
  },
  photobooth: {
    model: "coreml-sogniXLturbo_alpha1_ad",
    configuredModel: "defaultPhotoboothModel",
    presetModel: false,
    size: [1024, 1024],
    timeoutSeconds: 60,
  },
  "multi-angle": {
    model: "qwen_image_edit_2511_fp8_lightning",
    presetModel: false,
    size: [512, 512],
    timeoutSeconds: 60,
  },
};

/** Face transfer settings of photobooth. */
export const PHOTOBOOTH = {
  steps: 7,
  guidance: 2,
  sampler: "dpmpp_sde",
  scheduler: "karras",
  controlNet: "instantid",
  strength: 0.7,
  mode: "balanced",
  guidanceStart: 0,
  guidanceEnd: 0.6,
} as const;

/** Steps and guidance of an edit, by whether the model is a few-step one. */
export const EDIT_SETTINGS = {
  lightning: { steps: 4, guidance: 3.5 },
  full: { steps: 20, guidance: 7.5 },
} as const;

/** The same for another camera angle. */
export const MULTI_ANGLE_SETTINGS = {
  lightning: { steps: 4, guidance: 1 },
  full: { steps: 20, guidance: 4 },
} as const;

/** Whether a model id names a few-step variant. */
export function isLightning(modelId: string): boolean {
  return modelId.includes("lightning");
}
