/** The container of WebP: a RIFF header, then chunks padded to even lengths. */
import { latin1, startsWith, viewOf } from "./bytes.ts";
import { readOrientation } from "./exif.ts";
import { EXIF_PREFIX } from "./jpeg_segments.ts";
import type { ImageSize } from "./size.ts";

/** A chunk inside a file. */
export interface WebpChunk {
  /** Four characters, e.g. `VP8X`. */
  readonly type: string;
  readonly data: Uint8Array;
  /** Offset of the chunk's type. */
  readonly start: number;
  /** Offset behind the chunk and its padding. */
  readonly end: number;
}

/** True when the bytes begin like a WebP file. */
export function isWebp(bytes: Uint8Array): boolean {
  return startsWith(bytes, "RIFF") && startsWith(bytes.subarray(8), "WEBP");
}

/** The chunks in order; the last may be cut short. */
export function* readWebpChunks(bytes: Uint8Array): Generator<WebpChunk> {
  if (!isWebp(bytes)) return;
  const view = viewOf(bytes);
  let start = 12;
  while (start + 8 <= bytes.length) {
    const type = latin1(bytes.subarray(start, start + 4));
    const length = view.getUint32(start + 4, true);
    const end = start + 8 + length + (length & 1);
    yield { type, data: bytes.subarray(start + 8, start + 8 + length), start, end };
    start = end;
  }
}

/** Size from VP8X, VP8 or VP8L, orientation from the EXIF chunk. */
export function webpSize(bytes: Uint8Array): ImageSize | undefined {
  let size: { width: number; height: number } | undefined;
  let orientation = 1;
  for (const { type, data } of readWebpChunks(bytes)) {
    if (type === "EXIF") {
      const prefix = startsWith(data, EXIF_PREFIX) ? EXIF_PREFIX.length : 0;
      orientation = readOrientation(data.subarray(prefix));
    }
    size ??= canvasSize(type, data);
  }
  return size && { ...size, orientation };
}

function canvasSize(
  type: string,
  data: Uint8Array,
): { width: number; height: number } | undefined {
  const view = viewOf(data);
  if (type === "VP8X" && data.length >= 10) {
    return {
      width: 1 + (view.getUint32(4, true) & 0xffffff),
      height: 1 + (view.getUint32(6, true) >>> 8),
    };
  }
  // A lossy key frame: three bytes of tag, the start code 9d 01 2a, then 14 bits for each side.
  if (type === "VP8 " && data.length >= 10 && view.getUint32(2, true) >>> 8 === 0x2a019d) {
    return {
      width: view.getUint16(6, true) & 0x3fff,
      height: view.getUint16(8, true) & 0x3fff,
    };
  }
  if (type === "VP8L" && data.length >= 5 && data[0] === 0x2f) {
    const bits = view.getUint32(1, true);
    return { width: 1 + (bits & 0x3fff), height: 1 + (bits >>> 14 & 0x3fff) };
  }
  return undefined;
}
