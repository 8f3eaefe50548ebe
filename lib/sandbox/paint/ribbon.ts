/** The ribbon across the upper right corner that says what the picture is. */
import { blend, type Canvas } from "./canvas.ts";
import { type Rgb, rgb } from "./colour.ts";
import { CAP_HEIGHT, textWidth } from "./font.ts";
import { drawText } from "./text.ts";

const WORD = "SANDBOX";
const GAP = 5;

/** The colours of the ribbon. */
export const RIBBON_COLOUR = rgb("#ffc83d");
export const RIBBON_INK: Rgb = rgb("#1b1405");

/** Draws the ribbon; every picture of the sandbox has it. */
export function drawRibbon(canvas: Canvas): void {
  const { width, height, unit, data } = canvas;
  // All measures along the diagonal from the corner; on a small picture the word needs more of it.
  const half = Math.max(6, unit * 0.042);
  const size = half * 0.86;
  const along = textWidth(WORD, GAP) * size / CAP_HEIGHT;
  const middle = Math.max(unit * 0.21, along / 2 + half);
  const shade = half * 0.5, seam = Math.max(1, half * 0.09);
  const far = (middle + half + shade) * Math.SQRT2;
  for (let y = 0; y < Math.min(height, far); y++) {
    for (let x = Math.max(0, Math.floor(width - far)); x < width; x++) {
      const off = Math.abs((width - x - 0.5 + y + 0.5) * Math.SQRT1_2 - middle);
      const at = (y * width + x) * 4;
      const cover = Math.min(1, half - off + 0.5);
      if (cover < 1) {
        const rest = 1 - (off - half) / shade;
        if (rest > 0) blend(data, at, [0, 0, 0], 0.3 * rest * rest);
      }
      if (cover <= 0) continue;
      blend(data, at, RIBBON_COLOUR, cover);
      const inset = Math.abs(half - half * 0.24 - off);
      const line = Math.min(1, seam / 2 - inset + 0.5);
      if (line > 0) blend(data, at, RIBBON_INK, line * 0.55);
    }
  }
  // From the ribbon's middle half a word back, then half a letter up, both turned by 45 degrees.
  const x = width - middle * Math.SQRT1_2 - (along - size) / 2 * Math.SQRT1_2;
  const y = middle * Math.SQRT1_2 - (along + size) / 2 * Math.SQRT1_2;
  drawText(canvas, WORD, {
    x,
    y,
    size,
    colour: RIBBON_INK,
    angle: Math.PI / 4,
    gap: GAP,
    weight: 2.4,
  });
}
