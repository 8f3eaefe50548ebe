/** PNG, written by row filters chosen per row and the platform's own deflate. */
import { deflateSync } from "node:zlib";
import { concatBytes, viewOf } from "./bytes.ts";
import { isOpaque, type RgbaImage } from "./image.ts";
import { PNG_SIGNATURE, pngChunk } from "./png_chunks.ts";

/**
 * Encodes as 8-bit RGB, or RGBA when some pixel is not opaque.
 *
 * @param level deflate's level, 1 (fast) to 9 (small)
 */
export function encodePng(image: RgbaImage, level = 6): Uint8Array<ArrayBuffer> {
  const channels = isOpaque(image) ? 3 : 4;
  const header = new Uint8Array(13);
  const view = viewOf(header);
  view.setUint32(0, image.width);
  view.setUint32(4, image.height);
  header[8] = 8;
  header[9] = channels === 3 ? 2 : 6;
  return concatBytes([
    PNG_SIGNATURE,
    pngChunk("IHDR", header),
    pngChunk("IDAT", deflateSync(filterRows(image, channels), { level })),
    pngChunk("IEND", new Uint8Array(0)),
  ]);
}

/** Filter types of the format; Average is left out, it seldom wins and costs a pass. */
const NONE = 0, SUB = 1, UP = 2, PAETH = 4;

/** Every row with its filter byte before it; the filter with the smallest residues is taken. */
function filterRows(image: RgbaImage, channels: 3 | 4): Uint8Array<ArrayBuffer> {
  const { width, height } = image;
  const stride = width * channels;
  const out = new Uint8Array(height * (stride + 1));
  let row = new Uint8Array(stride);
  let above = new Uint8Array(stride);
  const sub = new Uint8Array(stride), up = new Uint8Array(stride), paeth = new Uint8Array(stride);
  for (let y = 0; y < height; y++) {
    packRow(image, y, channels, row);
    let filter = UP, best = up;
    let lowest = filterUp(row, above, up);
    if (lowest > 0) {
      const cost = filterSub(row, channels, sub);
      if (cost < lowest) [filter, best, lowest] = [SUB, sub, cost];
    }
    if (lowest > 0 && y > 0) {
      const cost = filterPaeth(row, above, channels, paeth);
      if (cost < lowest) [filter, best, lowest] = [PAETH, paeth, cost];
    }
    // When nothing predicts the row (noise), the plain bytes serve deflate better.
    if (lowest > stride * 40) [filter, best] = [NONE, row];
    const at = y * (stride + 1);
    out[at] = filter;
    out.set(best, at + 1);
    [row, above] = [above, row];
  }
  return out;
}

function packRow(image: RgbaImage, y: number, channels: 3 | 4, row: Uint8Array): void {
  const { data, width } = image;
  const start = y * width * 4;
  if (channels === 4) {
    row.set(data.subarray(start, start + width * 4));
    return;
  }
  for (let from = start, to = 0; to < row.length; from += 4, to += 3) {
    row[to] = data[from] as number;
    row[to + 1] = data[from + 1] as number;
    row[to + 2] = data[from + 2] as number;
  }
}

/** Distance of a byte from zero, both ways round. */
function weight(byte: number): number {
  return byte < 128 ? byte : 256 - byte;
}

function filterUp(row: Uint8Array, above: Uint8Array, out: Uint8Array): number {
  let cost = 0;
  for (let i = 0; i < row.length; i++) {
    const residue = ((row[i] as number) - (above[i] as number)) & 255;
    out[i] = residue;
    cost += weight(residue);
  }
  return cost;
}

function filterSub(row: Uint8Array, channels: number, out: Uint8Array): number {
  let cost = 0;
  for (let i = 0; i < row.length; i++) {
    const left = i < channels ? 0 : row[i - channels] as number;
    const residue = ((row[i] as number) - left) & 255;
    out[i] = residue;
    cost += weight(residue);
  }
  return cost;
}

function filterPaeth(
  row: Uint8Array,
  above: Uint8Array,
  channels: number,
  out: Uint8Array,
): number {
  let cost = 0;
  for (let i = 0; i < row.length; i++) {
    const a = i < channels ? 0 : row[i - channels] as number;
    const b = above[i] as number;
    const c = i < channels ? 0 : above[i - channels] as number;
    const pa = Math.abs(b - c), pb = Math.abs(a - c), pc = Math.abs(a + b - c - c);
    const guess = pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
    const residue = ((row[i] as number) - guess) & 255;
    out[i] = residue;
    cost += weight(residue);
  }
  return cost;
}
