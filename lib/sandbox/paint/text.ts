/** Text on the canvas: strokes with smooth edges, by the distance of each pixel from them. */
import { blend, type Canvas, clip } from "./canvas.ts";
import type { Rgb } from "./colour.ts";
import { CAP_HEIGHT, glyph, LETTER_GAP, STROKE_WIDTH } from "./font.ts";

/** Where and how a line of text is drawn. */
export interface TextStyle {
  /** The top left corner of the first letter, in pixels. */
  readonly x: number;
  readonly y: number;
  /** Height of capitals in pixels. */
  readonly size: number;
  readonly colour: Rgb;
  readonly alpha?: number;
  /** Radians, clockwise, around the top left corner. */
  readonly angle?: number;
  /** Room between letters in font units. */
  readonly gap?: number;
  /** Width of the strokes in font units. */
  readonly weight?: number;
}

/** Draws one line of drawable text (see `font.ts`). */
export function drawText(canvas: Canvas, text: string, style: TextStyle): void {
  const scale = style.size / CAP_HEIGHT;
  const cos = Math.cos(style.angle ?? 0) * scale, sin = Math.sin(style.angle ?? 0) * scale;
  // Thin strokes of small letters would fade: they keep a width that can be seen.
  const half = Math.max(0.62, (style.weight ?? STROKE_WIDTH) * scale / 2);
  let pen = 0;
  for (const character of text) {
    const { width, pieces } = glyph(character);
    const placed = new Float32Array(pieces.length);
    for (let i = 0; i < pieces.length; i += 2) {
      const x = (pieces[i] as number) + pen, y = pieces[i + 1] as number;
      placed[i] = style.x + x * cos - y * sin;
      placed[i + 1] = style.y + x * sin + y * cos;
    }
    drawPieces(canvas, placed, half, style);
    pen += width + (style.gap ?? LETTER_GAP);
  }
}

let mask = new Float32Array(0);

/** One glyph: where pieces overlap, the one that covers most counts, so joints stay even. */
function drawPieces(
  canvas: Canvas,
  pieces: Float32Array,
  half: number,
  { colour, alpha = 1 }: TextStyle,
): void {
  if (pieces.length === 0) return;
  let left = Infinity, top = Infinity, right = -Infinity, bottom = -Infinity;
  for (let i = 0; i < pieces.length; i += 2) {
    left = Math.min(left, pieces[i] as number);
    right = Math.max(right, pieces[i] as number);
    top = Math.min(top, pieces[i + 1] as number);
    bottom = Math.max(bottom, pieces[i + 1] as number);
  }
  // A dot is a little wider than the strokes, or it would look smaller.
  const reach = half * 1.35 + 1;
  const box = clip(canvas, left - reach, top - reach, right + reach, bottom + reach);
  const width = box.x1 - box.x0;
  if (width <= 0 || box.y1 <= box.y0) return;
  const length = width * (box.y1 - box.y0);
  if (mask.length < length) mask = new Float32Array(length);
  else mask.fill(0, 0, length);
  for (let i = 0; i < pieces.length; i += 4) coverPiece(pieces, i, half, box);
  for (let y = box.y0, i = 0; y < box.y1; y++) {
    let at = (y * canvas.width + box.x0) * 4;
    for (let x = 0; x < width; x++, i++, at += 4) {
      const cover = mask[i] as number;
      if (cover > 0) blend(canvas.data, at, colour, cover * alpha);
    }
  }
}

interface Box {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

function coverPiece(pieces: Float32Array, i: number, half: number, box: Box): void {
  const ax = pieces[i] as number, ay = pieces[i + 1] as number;
  const dx = (pieces[i + 2] as number) - ax, dy = (pieces[i + 3] as number) - ay;
  const square = dx * dx + dy * dy;
  const thick = square === 0 ? half * 1.35 : half;
  const reach = thick + 1;
  const x0 = Math.max(box.x0, Math.floor(Math.min(ax, ax + dx) - reach));
  const x1 = Math.min(box.x1, Math.ceil(Math.max(ax, ax + dx) + reach));
  const y0 = Math.max(box.y0, Math.floor(Math.min(ay, ay + dy) - reach));
  const y1 = Math.min(box.y1, Math.ceil(Math.max(ay, ay + dy) + reach));
  const width = box.x1 - box.x0;
  for (let y = y0; y < y1; y++) {
    const py = y + 0.5 - ay;
    let at = (y - box.y0) * width + x0 - box.x0;
    for (let x = x0; x < x1; x++, at++) {
      const px = x + 0.5 - ax;
      const t = square === 0 ? 0 : Math.min(1, Math.max(0, (px * dx + py * dy) / square));
      const ex = px - t * dx, ey = py - t * dy;
      const cover = Math.min(1, thick + 0.5 - Math.sqrt(ex * ex + ey * ey));
      if (cover > (mask[at] as number)) mask[at] = cover;
    }
  }
}
