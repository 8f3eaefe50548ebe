/** The size of a video: from flags, prompt, configuration and model to sides the model can make. */
import type { VideoModel } from "../../catalog/video_families.ts";

/** Width and height in pixels. */
export interface Size {
  width: number;
  height: number;
}

/** What a model accepts as a side. */
export type SideRules = Pick<
  VideoModel,
  "minDimension" | "maxDimension" | "dimensionMultiple" | "maxPixels"
>;

/** Where the size of a job can come from, strongest first. */
export interface SizeSources {
  flagWidth?: number;
  flagHeight?: number;
  exact?: Size;
  configWidth?: number;
  configHeight?: number;
  model: Size;
  /** `--target-resolution` or what the prompt says. */
  targetResolution?: number;
  /** Short side of the quality preset. */
  presetShortSide?: number;
  /** From the prompt. */
  aspectRatio?: number;
}

/** Ratios outside this range are no shape of a video. */
const RATIO_RANGE = [0.25, 4] as const;

/** The size that was asked for, before the model's rules. */
export function requestedSize(sources: SizeSources): Size {
  const { flagWidth, flagHeight, exact, configWidth, configHeight, model } = sources;
  const start = {
    width: flagWidth ?? exact?.width ?? configWidth ?? model.width,
    height: flagHeight ?? exact?.height ?? configHeight ?? model.height,
  };
  const fromFlags = flagWidth !== undefined || flagHeight !== undefined;
  const sized = fromFlags || exact !== undefined || configWidth !== undefined ||
    configHeight !== undefined;
  const shortSide = sized ? undefined : sources.targetResolution ?? sources.presetShortSide;
  const scaled = shortSide === undefined ? start : scaleShortSide(start, shortSide);
  const ratio = fromFlags || exact !== undefined ? undefined : sources.aspectRatio;
  if (ratio === undefined || ratio < RATIO_RANGE[0] || ratio > RATIO_RANGE[1]) return scaled;
  return reshape(scaled, ratio);
}

/**
 * The size made acceptable to a model: scaled into its range, then cut to its multiple.
 *
 * All divisions are of whole numbers, so that an exact result is not lost to rounding.
 */
export function normalizeSize(size: Size, rules: SideRules): Size {
  const { minDimension: min, maxDimension: max, dimensionMultiple: multiple } = rules;
  let { width, height } = size;
  const fitMax = () => {
    const longest = Math.max(width, height);
    if (longest <= max) return;
    [width, height] = [scaleDown(width, max, longest), scaleDown(height, max, longest)];
  };
  fitMax();
  const shortest = Math.min(width, height);
  if (shortest < min) {
    [width, height] = [scaleDown(width, min, shortest), scaleDown(height, min, shortest)];
    fitMax();
  }
  const snap = (side: number) => {
    const cut = Math.floor(side / multiple) * multiple;
    return cut < min ? Math.ceil(min / multiple) * multiple : cut;
  };
  return shrinkToArea({ width: snap(width), height: snap(height) }, rules);
}

/** Whether a model can make exactly this size. */
export function isAllowedSize(size: Size, rules: SideRules): boolean {
  const { minDimension: min, maxDimension: max, dimensionMultiple: multiple } = rules;
  return [size.width, size.height].every((side) =>
    side >= min && side <= max && side % multiple === 0
  );
}

/** `WxH`, for messages. */
export function sizeText({ width, height }: Size): string {
  return `${width}x${height}`;
}

/** The same shape with this shorter side. */
export function scaleShortSide({ width, height }: Size, shortSide: number): Size {
  const shortest = Math.min(width, height);
  return {
    width: Math.max(1, Math.round(width * shortSide / shortest)),
    height: Math.max(1, Math.round(height * shortSide / shortest)),
  };
}

// Never zero: an absurd shape such as 8192 by 1 still has two sides.
function scaleDown(side: number, to: number, from: number): number {
  return Math.max(1, Math.floor(side * to / from));
}

function reshape({ width, height }: Size, ratio: number): Size {
  const short = Math.min(width, height);
  return ratio >= 1
    ? { width: Math.round(short * ratio), height: short }
    : { width: short, height: Math.round(short / ratio) };
}

// Takes steps of the multiple off the longer side until the area fits.
function shrinkToArea(size: Size, { maxPixels, minDimension, dimensionMultiple }: SideRules): Size {
  let { width, height } = size;
  while (maxPixels !== undefined && width * height > maxPixels) {
    const scale = Math.sqrt(maxPixels / (width * height));
    const cut = (side: number) => Math.floor(side * scale / dimensionMultiple) * dimensionMultiple;
    if (cut(Math.min(width, height)) >= minDimension) {
      return { width: cut(width), height: cut(height) };
    }
    if (width >= height) width -= dimensionMultiple;
    else height -= dimensionMultiple;
  }
  return { width, height };
}
