/** Sizes for models that restrict the grid, the shape and the number of pixels. */
import type { ImageModel } from "../../catalog/image_models.ts";

/** Width and height in pixels. */
export interface Size {
  width: number;
  height: number;
}

/** The rules that a size breaks, in words for a message; empty when it can be rendered. */
export function brokenRules(size: Size, model: ImageModel): string[] {
  const { width, height } = size;
  const { multiple = 1, maxAspect = Infinity, pixels = { min: 1, max: Infinity } } = model;
  const broken: string[] = [];
  if (width % multiple !== 0 || height % multiple !== 0) {
    broken.push(`sides must be multiples of ${multiple}`);
  }
  if (Math.max(width, height) > maxAspect * Math.min(width, height)) {
    broken.push(`the ratio may be at most ${maxAspect}:1`);
  }
  if (width * height < pixels.min || width * height > pixels.max) {
    broken.push(`width times height must be ${pixels.min} to ${pixels.max} pixels`);
  }
  return broken;
}

/** Rounds both sides to the model's grid, inside its range of sides. */
export function snapToGrid(size: Size, model: ImageModel): Size {
  return { width: snapSide(size.width, model), height: snapSide(size.height, model) };
}

/** A size near the one asked for, of about its shape, that the model can render. */
export function nearestSize(size: Size, model: ImageModel): Size {
  const { multiple = 1, maxAspect = Infinity, pixels = { min: 1, max: Infinity } } = model;
  const up = (value: number) => Math.ceil(value / multiple) * multiple;
  const down = (value: number) => Math.floor(value / multiple) * multiple;
  let long = Math.min(up(Math.max(size.width, size.height)), down(model.side.max));
  let short = Math.max(up(Math.min(size.width, size.height)), up(long / maxAspect));
  short = Math.min(short, long);
  const area = long * short;
  if (area > pixels.max) {
    const scale = Math.sqrt(pixels.max / area);
    short = down(short * scale);
    long = Math.min(down(long * scale), short * maxAspect);
  } else if (area < pixels.min) {
    const scale = Math.sqrt(pixels.min / area);
    long = up(long * scale);
    short = Math.max(up(short * scale), up(long / maxAspect));
  }
  return size.width >= size.height
    ? { width: long, height: short }
    : { width: short, height: long };
}

/**
 * The side nearest to `wanted` that goes with a fixed other side, or `undefined` when the fixed
 * side allows none.
 */
export function sideBeside(fixed: number, wanted: number, model: ImageModel): number | undefined {
  const { multiple = 1, maxAspect = Infinity, pixels = { min: 1, max: Infinity }, side } = model;
  const least = Math.max(side.min, fixed / maxAspect, pixels.min / fixed);
  const most = Math.min(side.max, fixed * maxAspect, pixels.max / fixed);
  const low = Math.ceil(least / multiple) * multiple;
  const high = Math.floor(most / multiple) * multiple;
  if (low > high) return undefined;
  return Math.min(Math.max(Math.round(wanted / multiple) * multiple, low), high);
}

function snapSide(side: number, { side: range, multiple = 1 }: ImageModel): number {
  const low = Math.ceil(range.min / multiple) * multiple;
  const high = Math.floor(range.max / multiple) * multiple;
  return Math.min(Math.max(Math.round(side / multiple) * multiple, low), high);
}
