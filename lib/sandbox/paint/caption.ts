/** The panel at the foot of a picture: what was asked, and by which model and seed. */
import type { Canvas } from "./canvas.ts";
import type { Rgb } from "./colour.ts";
import { CAP_HEIGHT, drawableText, FULL_HEIGHT } from "./font.ts";
import { drawPanel, type Panel } from "./shapes.ts";
import { drawText } from "./text.ts";
import { cutText, wrapText } from "./text_layout.ts";

/** The colours of panel and text; their contrast holds over any picture. */
export const PANEL_COLOUR: Rgb = [14, 16, 26];
export const PANEL_ALPHA = 0.8;
export const TEXT_COLOUR: Rgb = [255, 255, 255];

/** Heights of capitals that are tried, in parts of the shorter side; the largest that fits wins. */
const SIZES = [0.044, 0.036, 0.029];

/** Lines from line to line, in heights of capitals. */
const LINE_HEIGHT = 1.78;

/** Smallest capitals that can be read, in pixels. */
const MIN_SIZE = 7;

/**
 * Draws the panel.
 *
 * @returns where it is, or `undefined` when the canvas has no room for one
 */
export function drawCaption(
  canvas: Canvas,
  texts: { readonly prompt: string; readonly facts: string },
  accent: Rgb,
): Panel | undefined {
  const { unit } = canvas;
  const margin = unit * 0.04, padding = unit * 0.036;
  const inner = canvas.width - 2 * (margin + padding) - unit * 0.024;
  const small = Math.max(MIN_SIZE - 1, unit * 0.02);
  const room = canvas.height * 0.42 - small * 2.6;
  const prompt = fitPrompt(drawableText(texts.prompt), unit, inner, room);
  if (inner < MIN_SIZE * 6 || prompt.lines.length === 0) return undefined;
  const { size, lines } = prompt;
  const promptHeight = ((lines.length - 1) * LINE_HEIGHT + FULL_HEIGHT / CAP_HEIGHT) * size;
  const height = promptHeight + small * 2.6 + padding * 1.7;
  const panel: Panel = {
    x: margin,
    y: canvas.height - margin - height,
    width: canvas.width - 2 * margin,
    height,
    corner: unit * 0.028,
  };
  drawPanel(canvas, panel, PANEL_COLOUR, PANEL_ALPHA);
  const bar = unit * 0.0075;
  drawPanel(
    canvas,
    {
      x: panel.x + padding * 0.72,
      y: panel.y + padding * 0.85,
      width: bar,
      height: height - padding * 1.7,
      corner: bar / 2,
    },
    accent,
    1,
  );
  const x = panel.x + padding * 0.72 + unit * 0.03;
  const top = panel.y + padding * 0.95;
  lines.forEach((line, i) => {
    const y = top + i * LINE_HEIGHT * size;
    drawText(canvas, line, { x, y, size, colour: TEXT_COLOUR });
  });
  drawText(canvas, cutText(drawableText(texts.facts), inner / small * CAP_HEIGHT), {
    x,
    y: panel.y + height - padding * 0.9 - small,
    size: small,
    colour: TEXT_COLOUR,
    alpha: 0.72,
    weight: 1.6,
  });
  return panel;
}

/** The prompt in the largest letters that show all of it, else cut in the smallest. */
function fitPrompt(
  text: string,
  unit: number,
  width: number,
  room: number,
): { size: number; lines: string[] } {
  let fitted: { size: number; lines: string[] } = { size: 0, lines: [] };
  for (const [i, part] of SIZES.entries()) {
    const size = Math.max(MIN_SIZE, unit * part);
    const allowed = Math.floor((room / size - 1) / LINE_HEIGHT) + 1;
    if (allowed < 1) continue;
    const { lines, cut } = wrapText(text, width / size * CAP_HEIGHT, Math.min(allowed, 2 + 2 * i));
    fitted = { size, lines };
    if (!cut) break;
  }
  return fitted;
}
