/** A surface to paint on: opaque RGBA, written pixel by pixel or in whole words. */
import type { RgbaImage } from "../../media/image/image.ts";
import type { Rgb } from "./colour.ts";

/** An opaque picture that is being painted. */
export interface Canvas extends RgbaImage {
  /** The same memory, one number for each pixel (little-endian: red in the lowest byte). */
  readonly words: Uint32Array<ArrayBuffer>;
  /** The shorter side: the measure of everything that should grow with the picture. */
  readonly unit: number;
}

/** A black canvas. */
export function createCanvas(width: number, height: number): Canvas {
  const words = new Uint32Array(width * height).fill(0xff000000);
  return {
    width,
    height,
    words,
    data: new Uint8ClampedArray(words.buffer),
    unit: Math.min(width, height),
  };
}

/** A colour as one opaque pixel. */
export function word([red, green, blue]: Rgb): number {
  return (255 << 24 | Math.round(blue) << 16 | Math.round(green) << 8 | Math.round(red)) >>> 0;
}

/** Paints every row in one colour. */
export function fillRows(canvas: Canvas, colourAt: (y: number) => Rgb): void {
  for (let y = 0; y < canvas.height; y++) {
    canvas.words.fill(word(colourAt(y)), y * canvas.width, (y + 1) * canvas.width);
  }
}

/**
 * Lays a colour over a pixel.
 *
 * @param at offset of the pixel's first byte
 * @param alpha 0 to 1
 */
export function blend(data: Uint8ClampedArray, at: number, colour: Rgb, alpha: number): void {
  const r = data[at] as number, g = data[at + 1] as number, b = data[at + 2] as number;
  data[at] = r + (colour[0] - r) * alpha;
  data[at + 1] = g + (colour[1] - g) * alpha;
  data[at + 2] = b + (colour[2] - b) * alpha;
}

/** Columns and rows that a shape touches, held inside the canvas; ends are excluded. */
export function clip(
  canvas: Canvas,
  left: number,
  top: number,
  right: number,
  bottom: number,
): { x0: number; y0: number; x1: number; y1: number } {
  return {
    x0: Math.max(0, Math.floor(left)),
    y0: Math.max(0, Math.floor(top)),
    x1: Math.min(canvas.width, Math.ceil(right)),
    y1: Math.min(canvas.height, Math.ceil(bottom)),
  };
}
