/** Simple shapes with smooth edges. All measures in pixels. */
import { blend, type Canvas, clip } from "./canvas.ts";
import type { Rgb } from "./colour.ts";

/** A round shape. */
export interface Disc {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

/**
 * A filled disc.
 *
 * @param softness width of the edge; 1 is sharp
 */
export function drawDisc(
  canvas: Canvas,
  { x, y, radius }: Disc,
  colour: Rgb,
  alpha = 1,
  softness = 1,
): void {
  eachPixel(canvas, x, y, radius + softness, (at, distance) => {
    const cover = (radius - distance) / softness + 0.5;
    if (cover > 0) blend(canvas.data, at, colour, alpha * Math.min(1, cover));
  });
}

/** Light that fades from the middle of the disc to its edge. */
export function drawGlow(canvas: Canvas, { x, y, radius }: Disc, colour: Rgb, alpha: number): void {
  // Glows are the largest shapes: the fading is looked up by the square of the distance.
  const fading = Float32Array.from({ length: 1025 }, (_, i) => {
    const rest = 1 - Math.sqrt(i / 1024);
    return alpha * rest * rest * (3 - 2 * rest);
  });
  const { data } = canvas;
  const [red, green, blue] = colour;
  const step = 1024 / (radius * radius);
  const { x0, y0, x1, y1 } = clip(canvas, x - radius, y - radius, x + radius, y + radius);
  for (let row = y0; row < y1; row++) {
    const dy = row + 0.5 - y;
    let at = (row * canvas.width + x0) * 4;
    for (let column = x0; column < x1; column++, at += 4) {
      const dx = column + 0.5 - x;
      const place = (dx * dx + dy * dy) * step;
      if (place >= 1024) continue;
      // Between two entries, or the steps would be seen as rings.
      const low = place | 0;
      const from = fading[low] as number;
      const a = from + ((fading[low + 1] as number) - from) * (place - low);
      const r = data[at] as number, g = data[at + 1] as number, b = data[at + 2] as number;
      data[at] = r + (red - r) * a;
      data[at + 1] = g + (green - g) * a;
      data[at + 2] = b + (blue - b) * a;
    }
  }
}

/** A ring of the given line width. */
export function drawRing(
  canvas: Canvas,
  { x, y, radius }: Disc,
  colour: Rgb,
  alpha: number,
  lineWidth: number,
): void {
  eachPixel(canvas, x, y, radius + lineWidth, (at, distance) => {
    const cover = lineWidth / 2 - Math.abs(distance - radius) + 0.5;
    if (cover > 0) blend(canvas.data, at, colour, alpha * Math.min(1, cover));
  });
}

/** A rectangle with rounded corners. */
export interface Panel {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly corner: number;
}

/** A filled, possibly translucent panel. */
export function drawPanel(canvas: Canvas, panel: Panel, colour: Rgb, alpha: number): void {
  const { x, y, width, height } = panel;
  const corner = Math.min(panel.corner, width / 2, height / 2);
  const { x0, y0, x1, y1 } = clip(canvas, x - 1, y - 1, x + width + 1, y + height + 1);
  for (let row = y0; row < y1; row++) {
    const dy = Math.abs(row + 0.5 - y - height / 2) - height / 2 + corner;
    let at = (row * canvas.width + x0) * 4;
    for (let column = x0; column < x1; column++, at += 4) {
      const dx = Math.abs(column + 0.5 - x - width / 2) - width / 2 + corner;
      const outside = dx > 0 && dy > 0 ? Math.sqrt(dx * dx + dy * dy) : Math.max(dx, dy);
      const cover = corner - outside + 0.5;
      if (cover > 0) blend(canvas.data, at, colour, alpha * Math.min(1, cover));
    }
  }
}

function eachPixel(
  canvas: Canvas,
  x: number,
  y: number,
  reach: number,
  visit: (at: number, distance: number) => void,
): void {
  const { x0, y0, x1, y1 } = clip(
    canvas,
    x - reach - 1,
    y - reach - 1,
    x + reach + 1,
    y + reach + 1,
  );
  const limit = (reach + 1) ** 2;
  for (let row = y0; row < y1; row++) {
    const dy = row + 0.5 - y;
    for (let column = x0; column < x1; column++) {
      const dx = column + 0.5 - x;
      const square = dx * dx + dy * dy;
      if (square < limit) visit((row * canvas.width + column) * 4, Math.sqrt(square));
    }
  }
}
