/** Silhouettes: everything below a line across the picture. Hills, waves and roofs are these. */
import { blend, type Canvas, word } from "./canvas.ts";
import type { Rgb } from "./colour.ts";

/** How a silhouette looks. */
export interface SilhouetteStyle {
  /** The colour of a row. */
  colourAt(y: number): Rgb;
  /** The shade it throws on what is behind it, like a sheet of paper; `reach` in pixels. */
  readonly shade?: { readonly colour: Rgb; readonly strength: number; readonly reach: number };
}

/** Samples of the line for each pixel, so that steep edges are smooth too. */
const SAMPLES = 3;

/**
 * Paints everything below the line.
 *
 * @param lineAt height of the line at a column (which may lie between pixels), from the top
 */
export function drawSilhouette(
  canvas: Canvas,
  lineAt: (x: number) => number,
  style: SilhouetteStyle,
): void {
  const { width, height, data, words } = canvas;
  const line = new Float32Array(width * SAMPLES);
  const high = new Float32Array(width), low = new Float32Array(width);
  let highest = Infinity;
  for (let x = 0; x < width; x++) {
    let top = Infinity, bottom = -Infinity;
    for (let s = 0; s < SAMPLES; s++) {
      const y = lineAt(x + (s + 0.5) / SAMPLES);
      line[x * SAMPLES + s] = y;
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
    }
    high[x] = top, low[x] = bottom;
    highest = Math.min(highest, top);
  }
  const reach = style.shade?.reach ?? 0;
  for (let y = Math.max(0, Math.floor(highest - reach)); y < height; y++) {
    const colour = style.colourAt(y);
    const pixel = word(colour);
    for (let x = 0, at = y * width; x < width; x++, at++) {
      const gap = (high[x] as number) - (y + 1);
      if (y >= (low[x] as number)) {
        words[at] = pixel;
        continue;
      }
      if (style.shade && gap < reach) {
        const rest = 1 - Math.max(0, gap) / reach;
        blend(data, at * 4, style.shade.colour, style.shade.strength * rest * rest);
      }
      if (gap < 0) blend(data, at * 4, colour, coverage(line, x, y));
    }
  }
}

/** How much of the pixel lies below the line. */
function coverage(line: Float32Array, x: number, y: number): number {
  let sum = 0;
  for (let s = x * SAMPLES; s < (x + 1) * SAMPLES; s++) {
    sum += Math.min(1, Math.max(0, y + 1 - (line[s] as number)));
  }
  return sum / SAMPLES;
}
