/** The quality presets for images. */

/** Names of the presets. */
export type Quality = "fast" | "hq" | "pro";

/** What a preset asks for. */
export interface ImagePreset {
  readonly model: string;
  /** Absent: the model's own. */
  readonly steps?: number;
  /** Absent: the configured size, or the branch's. */
  readonly size?: readonly [number, number];
  /** Least time limit in seconds. */
  readonly timeoutSeconds: number;
  /** Level for models that take the vendor's quality. */
  readonly vendorQuality: "low" | "medium" | "high";
}

/** The presets by name. */
export const IMAGE_PRESETS: Readonly<Record<Quality, ImagePreset>> = {
  fast: { model: "z_image_turbo_bf16", steps: 8, timeoutSeconds: 30, vendorQuality: "low" },
  hq: {
    model: "z_image_turbo_bf16",
    size: [768, 768],
    timeoutSeconds: 60,
    vendorQuality: "medium",
  },
  pro: {
    model: "flux2_dev_fp8",
    steps: 40,
    size: [1024, 1024],
    timeoutSeconds: 300,
    vendorQuality: "high",
  },
};

/** Vendor quality when no preset is given. */
export const DEFAULT_VENDOR_QUALITY = "medium";
