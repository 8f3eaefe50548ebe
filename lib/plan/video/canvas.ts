/** The canvas of outpainting and inpainting. */
import { invalidArgument } from "../../errors/app_error.ts";
import type { SideRules, Size } from "./size.ts";
import { scaleShortSide } from "./size.ts";

/** Where the original stays on a grown canvas. */
export type OutpaintPosition = "center" | "top" | "bottom" | "left" | "right";

const GROWTH = 1.5;

/**
 * The canvas for outpainting: the source, shrunk to the model's maximum, grown to a ratio on the
 * side that is too short for it, or by half in the direction of the free edges.
 */
export function outpaintCanvas(
  source: Size,
  position: OutpaintPosition,
  ratio: number | undefined,
  rules: SideRules,
): Size {
  const base = shrinkToMax(source, rules);
  const grown = ratio === undefined ? growByPosition(base, position) : growToRatio(base, ratio);
  return {
    width: roundUp(grown.width, base.width, rules),
    height: roundUp(grown.height, base.height, rules),
  };
}

/** The canvas for inpainting: the source's shape, by target resolution if there is one. */
export function inpaintCanvas(
  source: Size,
  targetResolution: number | undefined,
  rules: SideRules,
): Size {
  const wanted = targetResolution === undefined ? source : scaleShortSide(source, targetResolution);
  const base = shrinkToMax(wanted, rules);
  return { width: roundNear(base.width, rules), height: roundNear(base.height, rules) };
}

/**
 * Reads a ratio such as `16:9`, `4x5` or `2.39/1`.
 *
 * @throws AppError `INVALID_ARGUMENT` with `details {flag, value}`
 */
export function parseRatio(text: string): number {
  const match = /^\s*(\d+(?:\.\d+)?)\s*[:x/×]\s*(\d+(?:\.\d+)?)\s*$/i.exec(text);
  const ratio = match ? Number(match[1]) / Number(match[2]) : NaN;
  if (Number.isFinite(ratio) && ratio > 0) return ratio;
  throw invalidArgument(
    `--outpaint-aspect-ratio must be a ratio such as 16:9 (got "${text}").`,
    { flag: "--outpaint-aspect-ratio", value: text },
    "Write it as W:H; x or / may stand for the colon.",
  );
}

function shrinkToMax(size: Size, { maxDimension }: SideRules): Size {
  const longest = Math.max(size.width, size.height);
  if (longest <= maxDimension) return size;
  const scale = (side: number) => Math.max(1, Math.round(side * maxDimension / longest));
  return { width: scale(size.width), height: scale(size.height) };
}

function growByPosition({ width, height }: Size, position: OutpaintPosition): Size {
  const wider = position === "left" || position === "right" || position === "center";
  const taller = position === "top" || position === "bottom" || position === "center";
  return { width: wider ? width * GROWTH : width, height: taller ? height * GROWTH : height };
}

function growToRatio({ width, height }: Size, ratio: number): Size {
  return width / height < ratio
    ? { width: height * ratio, height }
    : { width, height: width / ratio };
}

// Up, so that nothing of the source is cut away; the maximum still holds.
function roundUp(side: number, source: number, rules: SideRules): number {
  const { dimensionMultiple: multiple } = rules;
  // 1088 * 16 / 9 and the like: what is a whole number but for the last bit is one.
  const exact = Math.round(side * 1e6) / 1e6;
  const up = Math.ceil(Math.max(exact, source) / multiple) * multiple;
  return clamp(up, rules);
}

function roundNear(side: number, rules: SideRules): number {
  return clamp(Math.round(side / rules.dimensionMultiple) * rules.dimensionMultiple, rules);
}

function clamp(side: number, rules: SideRules): number {
  const { minDimension: min, maxDimension: max, dimensionMultiple: multiple } = rules;
  return Math.min(
    Math.floor(max / multiple) * multiple,
    Math.max(Math.ceil(min / multiple) * multiple, side),
  );
}
