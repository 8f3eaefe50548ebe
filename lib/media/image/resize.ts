/** Resizing with a Lanczos filter of three lobes, and the two ways to meet a box. */
import { createImage, isOpaque, type RgbaImage } from "./image.ts";
import { lanczosTaps, type Taps } from "./lanczos.ts";

/** Width and height in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * The size of a picture fitted into a box, ratio kept, enlarging allowed: the limiting side takes
 * the box's value exactly, the other is rounded.
 */
export function fittedSize(picture: Size, box: Size): Size {
  const scale = Math.min(box.width / picture.width, box.height / picture.height);
  return box.width / picture.width <= box.height / picture.height
    ? { width: box.width, height: Math.max(1, Math.round(picture.height * scale)) }
    : { width: Math.max(1, Math.round(picture.width * scale)), height: box.height };
}

/** The whole picture, resized so that it just fits into the box. */
export function fitInside(image: RgbaImage, width: number, height: number): RgbaImage {
  const size = fittedSize(image, { width, height });
  return resize(image, size.width, size.height);
}

/** The middle of the picture, resized so that it fills the box and cut where it overhangs. */
export function coverCrop(image: RgbaImage, width: number, height: number): RgbaImage {
  const scale = Math.max(width / image.width, height / image.height);
  const across = Math.min(image.width, width / scale),
    down = Math.min(image.height, height / scale);
  return resample(image, width, height, {
    x: (image.width - across) / 2,
    y: (image.height - down) / 2,
    width: across,
    height: down,
  });
}

/** The picture at exactly this size, stretched if need be. */
export function resize(image: RgbaImage, width: number, height: number): RgbaImage {
  if (image.width === width && image.height === height) return image;
  return resample(image, width, height, {
    x: 0,
    y: 0,
    width: image.width,
    height: image.height,
  });
}

interface Area extends Size {
  readonly x: number;
  readonly y: number;
}

function resample(image: RgbaImage, width: number, height: number, area: Area): RgbaImage {
  const columns = lanczosTaps(image.width, area.x, area.width, width);
  const rows = lanczosTaps(image.height, area.y, area.height, height);
  const opaque = isOpaque(image);
  const out = createImage(width, height);
  // Source rows are narrowed when first needed and dropped when the window has passed them.
  const narrowed = new Map<number, Float32Array>();
  const sum = new Float32Array(width * 4);
  for (let y = 0; y < height; y++) {
    const first = rows.start[y] as number;
    for (const row of narrowed.keys()) if (row < first) narrowed.delete(row);
    sum.fill(0);
    for (let tap = 0; tap < rows.count; tap++) {
      const weight = rows.weights[y * rows.count + tap] as number;
      if (weight === 0) continue;
      const source = first + tap;
      let line = narrowed.get(source);
      if (!line) narrowed.set(source, line = narrowRow(image, source, columns, width, opaque));
      for (let i = 0; i < sum.length; i++) {
        sum[i] = (sum[i] as number) + weight * (line[i] as number);
      }
    }
    writeRow(sum, out.data, y * width * 4, opaque);
  }
  return out;
}

/** One source row at the new width; colours are multiplied by alpha unless all is opaque. */
function narrowRow(
  image: RgbaImage,
  y: number,
  taps: Taps,
  width: number,
  opaque: boolean,
): Float32Array {
  const { data } = image;
  const line = new Float32Array(width * 4);
  const row = y * image.width * 4;
  for (let x = 0; x < width; x++) {
    let r = 0, g = 0, b = 0, a = 0;
    let at = row + (taps.start[x] as number) * 4;
    const end = (x + 1) * taps.count;
    for (let tap = x * taps.count; tap < end; tap++, at += 4) {
      const weight = taps.weights[tap] as number;
      if (weight === 0) continue;
      const alpha = opaque ? weight : weight * (data[at + 3] as number) / 255;
      r += alpha * (data[at] as number);
      g += alpha * (data[at + 1] as number);
      b += alpha * (data[at + 2] as number);
      a += alpha;
    }
    line[x * 4] = r, line[x * 4 + 1] = g, line[x * 4 + 2] = b, line[x * 4 + 3] = a * 255;
  }
  return line;
}

function writeRow(sum: Float32Array, out: Uint8ClampedArray, start: number, opaque: boolean): void {
  for (let i = 0; i < sum.length; i += 4) {
    const alpha = opaque ? 255 : Math.min(255, Math.max(0, sum[i + 3] as number));
    const scale = opaque ? 1 : alpha > 0 ? 255 / alpha : 0;
    out[start + i] = (sum[i] as number) * scale;
    out[start + i + 1] = (sum[i + 1] as number) * scale;
    out[start + i + 2] = (sum[i + 2] as number) * scale;
    out[start + i + 3] = alpha;
  }
}
