/** The size of an image: flags, then preset, then configuration, then model, then branch. */
import type { ImageModel } from "../../catalog/image_models.ts";
import type { ImagePreset } from "../../catalog/presets.ts";
import type { PluginConfig } from "../../catalog/plugin_config.ts";
import type { Options } from "../../cli/flags/table.ts";
import { invalidArgument } from "../../errors/app_error.ts";
import { brokenRules, nearestSize, sideBeside, snapToGrid } from "./pixel_rules.ts";
import type { Size } from "./pixel_rules.ts";

/** What the size depends on. */
export interface ImageSizeInput {
  options: Options;
  config: PluginConfig;
  model: ImageModel;
  preset: ImagePreset | undefined;
  /** The branch's own size. */
  fallback: readonly [number, number];
}

/** A size with what has to be said about it. */
export interface ImageSizeChoice extends Size {
  notes: string[];
}

/**
 * Chooses the size.
 *
 * A size that was typed is never replaced by another one silently: what the model cannot render is
 * refused, except for rounding to its grid, which is noted.
 *
 * @throws AppError `INVALID_ARGUMENT` with `details {flag, value, min, max, model}`
 */
export function chooseImageSize(input: ImageSizeInput): ImageSizeChoice {
  const { options, model } = input;
  checkSide("--width", options.width, model);
  checkSide("--height", options.height, model);
  const wanted = wantedSize(input);
  const size = fitToModel(wanted, options, model);
  const typed = options.width !== undefined || options.height !== undefined;
  const configured = input.config.defaultWidth ?? input.config.defaultHeight;
  const changed = size.width !== wanted.width || size.height !== wanted.height;
  const worthSaying = changed && (typed || configured !== undefined);
  const note = `Adjusted size from ${text(wanted)} to ${text(size)} for ${model.id}.`;
  return { ...size, notes: worthSaying ? [note] : [] };
}

function wantedSize({ options, config, model, preset, fallback }: ImageSizeInput): Size {
  const [ownWidth, ownHeight] = model.defaultSize ?? fallback;
  if (options.width === undefined && options.height === undefined && preset?.size) {
    // A preset never makes a picture smaller than its branch would be without it.
    return {
      width: Math.max(preset.size[0], ownWidth),
      height: Math.max(preset.size[1], ownHeight),
    };
  }
  return {
    width: options.width ?? config.defaultWidth ?? ownWidth,
    height: options.height ?? config.defaultHeight ?? ownHeight,
  };
}

function fitToModel(wanted: Size, options: Options, model: ImageModel): Size {
  const size = snapToGrid(wanted, model);
  const broken = brokenRules(size, model);
  if (broken.length === 0) return size;
  const fixedWidth = options.width !== undefined;
  const fixedHeight = options.height !== undefined;
  if (!fixedWidth && !fixedHeight) return nearestSize(size, model);
  const width = fixedWidth ? size.width : sideBeside(size.height, size.width, model);
  const height = fixedHeight ? size.height : sideBeside(size.width, size.height, model);
  const both = fixedWidth && fixedHeight;
  if (!both && width !== undefined && height !== undefined) return { width, height };
  const near = nearestSize(size, model);
  throw invalidArgument(
    `--width and --height of ${text(wanted)} cannot be rendered by ${model.id}: ${
      broken.join("; ")
    }.`,
    {
      flag: fixedWidth ? "--width" : "--height",
      value: fixedWidth ? options.width : options.height,
      model: model.id,
      width: wanted.width,
      height: wanted.height,
      ...(model.pixels ? { minPixels: model.pixels.min, maxPixels: model.pixels.max } : {}),
      ...(model.maxAspect ? { maxAspect: model.maxAspect } : {}),
      suggested: near,
    },
    `Try: --width ${near.width} --height ${near.height}`,
  );
}

function checkSide(flag: string, value: number | undefined, model: ImageModel): void {
  const { min, max } = model.side;
  if (value === undefined || (Number.isInteger(value) && value >= min && value <= max)) return;
  throw invalidArgument(
    `${flag} ${value} is outside ${min} to ${max}, the sides that ${model.id} renders.`,
    { flag, value, min, max, model: model.id },
    `Use ${flag} ${
      Math.min(Math.max(Math.round(value) || min, min), max)
    }, or choose another model with --model.`,
  );
}

function text({ width, height }: Size): string {
  return `${width}x${height}`;
}
