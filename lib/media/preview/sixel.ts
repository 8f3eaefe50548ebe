/** Sixel: bands of six rows, drawn colour by colour from a palette. */
import type { RgbaImage } from "../image/image.ts";

/** Steps of each colour part; 6 * 6 * 6 colours fit every terminal that knows sixel. */
const STEPS = 6;
const BAND = 6;

/** The whole sequence, without a newline behind it. */
export function drawSixel(image: RgbaImage): string {
  const colours = quantize(image);
  const used = [...new Set(colours)].sort((a, b) => a - b);
  let text = `\u001bPq"1;1;${image.width};${image.height}`;
  for (const index of used) text += `#${index};2;${partsOf(index).join(";")}`;
  for (let top = 0; top < image.height; top += BAND) text += band(image, colours, top);
  return `${text}\u001b\\`;
}

/** One index into the palette for each pixel, with ordered dithering. */
function quantize({ width, height, data }: RgbaImage): Uint8Array {
  const colours = new Uint8Array(width * height);
  for (let pixel = 0; pixel < colours.length; pixel++) {
    const shift = DITHER[Math.floor(pixel / width) % 2]?.[pixel % width % 2] ?? 0;
    const step = (part: number) => {
      const value = ((data[pixel * 4 + part] ?? 0) * (data[pixel * 4 + 3] ?? 255)) / 255;
      return Math.min(STEPS - 1, Math.floor(value / 255 * (STEPS - 1) + shift));
    };
    colours[pixel] = (step(0) * STEPS + step(1)) * STEPS + step(2);
  }
  return colours;
}

/** Thresholds of a 2x2 Bayer matrix. */
const DITHER = [[0.125, 0.625], [0.875, 0.375]] as const;

/** Red, green and blue in percent. */
function partsOf(index: number): number[] {
  const steps = [
    Math.floor(index / STEPS / STEPS),
    Math.floor(index / STEPS) % STEPS,
    index % STEPS,
  ];
  return steps.map((step) => Math.round(step / (STEPS - 1) * 100));
}

function band({ width, height }: RgbaImage, colours: Uint8Array, top: number): string {
  const rows = Math.min(BAND, height - top);
  const lines = new Map<number, Uint8Array>();
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < width; column++) {
      const index = colours[(top + row) * width + column] ?? 0;
      const line = lines.get(index) ?? new Uint8Array(width);
      line[column] = (line[column] ?? 0) | 1 << row;
      lines.set(index, line);
    }
  }
  // `$` goes back to the start of the band, `-` to the next one.
  return `${[...lines].map(([index, line]) => `#${index}${runs(line)}`).join("$")}-`;
}

/** Equal columns in a row are counted: `!12~`. */
function runs(line: Uint8Array): string {
  let text = "";
  for (let at = 0; at < line.length;) {
    let end = at + 1;
    while (end < line.length && line[end] === line[at]) end++;
    const sign = String.fromCharCode(63 + (line[at] ?? 0));
    text += end - at > 3 ? `!${end - at}${sign}` : sign.repeat(end - at);
    at = end;
  }
  return text;
}
