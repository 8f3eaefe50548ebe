/** PNG, read: every colour type, bit depth and interlacing of the format, to 8-bit RGBA. */
import { inflateSync } from "node:zlib";
import { concatBytes, viewOf } from "./bytes.ts";
import { createImage, MAX_PIXELS, type RgbaImage } from "./image.ts";
import { isPng, readChunks } from "./png_chunks.ts";

/**
 * Decodes a PNG. Of 16-bit samples the upper half is kept; colour profiles are not applied.
 *
 * @throws {Error} when the file is damaged or larger than {@link MAX_PIXELS}; it never allocates
 * more than the header promises
 */
export function decodePng(bytes: Uint8Array): RgbaImage {
  if (!isPng(bytes)) throw new Error("not a PNG");
  const { header, palette, transparency, data } = readParts(bytes);
  const passes = header.interlaced ? ADAM7 : PLAIN;
  const raw = inflateSync(data, { maxOutputLength: rawLength(header, passes) });
  const image = createImage(header.width, header.height);
  const toRgba = chooseReader(header, palette, transparency);
  let at = 0;
  for (const pass of passes) {
    const columns = count(header.width, pass.x, pass.dx);
    const rows = count(header.height, pass.y, pass.dy);
    if (columns === 0 || rows === 0) continue;
    const stride = Math.ceil(columns * header.bitsPerPixel / 8);
    let above: Uint8Array = new Uint8Array(stride);
    for (let row = 0; row < rows; row++) {
      if (at + 1 + stride > raw.length) throw new Error("PNG data is truncated");
      const line = raw.subarray(at + 1, at + 1 + stride);
      unfilter(raw[at] as number, line, above, Math.max(1, header.bitsPerPixel >> 3));
      const start = ((pass.y + row * pass.dy) * header.width + pass.x) * 4;
      toRgba(line, columns, image.data, start, pass.dx * 4);
      above = line;
      at += 1 + stride;
    }
  }
  return image;
}

interface Header {
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  readonly colour: number;
  readonly bitsPerPixel: number;
  readonly interlaced: boolean;
}

interface Parts {
  readonly header: Header;
  readonly palette: Uint8Array;
  readonly transparency: Uint8Array;
  readonly data: Uint8Array;
}

/** Samples per pixel and the permitted depths of each colour type. */
const COLOUR_TYPES = new Map<number, { samples: number; depths: readonly number[] }>([
  [0, { samples: 1, depths: [1, 2, 4, 8, 16] }],
  [2, { samples: 3, depths: [8, 16] }],
  [3, { samples: 1, depths: [1, 2, 4, 8] }],
  [4, { samples: 2, depths: [8, 16] }],
  [6, { samples: 4, depths: [8, 16] }],
]);

function readParts(bytes: Uint8Array): Parts {
  let header: Header | undefined;
  let palette = new Uint8Array(0), transparency = new Uint8Array(0);
  const data: Uint8Array[] = [];
  for (const chunk of readChunks(bytes)) {
    if (chunk.type === "IHDR") header = readHeader(chunk.data);
    else if (chunk.type === "PLTE") palette = chunk.data.slice();
    else if (chunk.type === "tRNS") transparency = chunk.data.slice();
    else if (chunk.type === "IDAT") data.push(chunk.data);
  }
  if (!header) throw new Error("PNG without a header");
  return { header, palette, transparency, data: concatBytes(data) };
}

function readHeader(data: Uint8Array): Header {
  if (data.length < 13) throw new Error("PNG header is too short");
  const view = viewOf(data);
  const width = view.getUint32(0), height = view.getUint32(4);
  const depth = view.getUint8(8), colour = view.getUint8(9);
  const type = COLOUR_TYPES.get(colour);
  if (!type?.depths.includes(depth)) throw new Error("PNG of an unknown colour type");
  if (width === 0 || height === 0 || width * height > MAX_PIXELS) {
    throw new Error(`PNG size ${width}x${height} is out of range`);
  }
  const bitsPerPixel = depth * type.samples;
  return { width, height, depth, colour, bitsPerPixel, interlaced: view.getUint8(12) === 1 };
}

interface Pass {
  readonly x: number;
  readonly y: number;
  readonly dx: number;
  readonly dy: number;
}

const PLAIN: readonly Pass[] = [{ x: 0, y: 0, dx: 1, dy: 1 }];
const ADAM7: readonly Pass[] = [
  { x: 0, y: 0, dx: 8, dy: 8 },
  { x: 4, y: 0, dx: 8, dy: 8 },
  { x: 0, y: 4, dx: 4, dy: 8 },
  { x: 2, y: 0, dx: 4, dy: 4 },
  { x: 0, y: 2, dx: 2, dy: 4 },
  { x: 1, y: 0, dx: 2, dy: 2 },
  { x: 0, y: 1, dx: 1, dy: 2 },
];

function count(size: number, offset: number, step: number): number {
  return Math.max(0, Math.ceil((size - offset) / step));
}

function rawLength(header: Header, passes: readonly Pass[]): number {
  let length = 0;
  for (const pass of passes) {
    const columns = count(header.width, pass.x, pass.dx);
    if (columns === 0) continue;
    length += count(header.height, pass.y, pass.dy) *
      (1 + Math.ceil(columns * header.bitsPerPixel / 8));
  }
  return length;
}

/** Undoes the filter of one row in place; `step` is the distance to the pixel on the left. */
function unfilter(filter: number, line: Uint8Array, above: Uint8Array, step: number): void {
  if (filter > 4) throw new Error("PNG with an unknown filter");
  if (filter === 0) return;
  for (let i = 0; i < line.length; i++) {
    const a = i < step ? 0 : line[i - step] as number;
    const b = above[i] as number;
    let guess = filter === 1 ? a : filter === 2 ? b : (a + b) >> 1;
    if (filter === 4) {
      const c = i < step ? 0 : above[i - step] as number;
      const pa = Math.abs(b - c), pb = Math.abs(a - c), pc = Math.abs(a + b - c - c);
      guess = pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
    }
    line[i] = (line[i] as number) + guess;
  }
}

type RowReader = (
  line: Uint8Array,
  columns: number,
  out: Uint8ClampedArray,
  start: number,
  step: number,
) => void;

/** The function that turns unfiltered rows of this header's kind into RGBA. */
function chooseReader(
  { depth, colour }: Header,
  palette: Uint8Array,
  transparency: Uint8Array,
): RowReader {
  const sample = sampler(depth);
  const key = (index: number) =>
    transparency.length >= 2 * index + 2
      ? (transparency[2 * index] as number) << 8 | (transparency[2 * index + 1] as number)
      : -1;
  const scale = depth === 16 ? 1 / 257 : 255 / (2 ** depth - 1);
  const put = (
    out: Uint8ClampedArray,
    at: number,
    r: number,
    g: number,
    b: number,
    a: number,
  ) => {
    out[at] = r, out[at + 1] = g, out[at + 2] = b, out[at + 3] = a;
  };
  return (line, columns, out, start, step) => {
    for (let x = 0, at = start; x < columns; x++, at += step) {
      if (colour === 3) {
        const index = sample(line, x), entry = index * 3;
        if (entry + 2 >= palette.length) throw new Error("PNG names a colour it does not have");
        const alpha = transparency[index] ?? 255;
        put(
          out,
          at,
          palette[entry] as number,
          palette[entry + 1] as number,
          palette[entry + 2] as number,
          alpha,
        );
      } else if (colour === 0 || colour === 4) {
        const grey = sample(line, colour === 0 ? x : x * 2);
        const alpha = colour === 4 ? sample(line, x * 2 + 1) * scale : grey === key(0) ? 0 : 255;
        put(out, at, grey * scale, grey * scale, grey * scale, alpha);
      } else {
        const n = colour === 2 ? 3 : 4;
        const r = sample(line, x * n), g = sample(line, x * n + 1), b = sample(line, x * n + 2);
        const clear = n === 3 && r === key(0) && g === key(1) && b === key(2);
        const alpha = n === 4 ? sample(line, x * n + 3) * scale : clear ? 0 : 255;
        put(out, at, r * scale, g * scale, b * scale, alpha);
      }
    }
  };
}

/** Reads the n-th sample of a row. */
function sampler(depth: number): (line: Uint8Array, n: number) => number {
  if (depth === 8) return (line, n) => line[n] as number;
  if (depth === 16) return (line, n) => (line[2 * n] as number) << 8 | (line[2 * n + 1] as number);
  const perByte = 8 / depth, mask = (1 << depth) - 1;
  return (line, n) => {
    const byte = line[Math.floor(n / perByte)] as number;
    return byte >> (8 - depth * (n % perByte + 1)) & mask;
  };
}
