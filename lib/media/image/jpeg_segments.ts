/** The container of JPEG: markers with a length before the entropy-coded data. */
import { startsWith, viewOf } from "./bytes.ts";
import { readOrientation } from "./exif.ts";
import type { ImageSize } from "./size.ts";

/** A segment before the first scan. */
export interface JpegSegment {
  /** Second byte of the marker, e.g. 0xe1 for APP1. */
  readonly marker: number;
  /** Without marker and length. */
  readonly data: Uint8Array;
  /** Offset of the marker. */
  readonly start: number;
  /** Offset behind the segment. */
  readonly end: number;
}

/** True when the bytes begin like a JPEG. */
export function isJpeg(bytes: Uint8Array): boolean {
  return bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;
}

/** The segments in order, up to the start of scan (which is given too) or to damage. */
export function* readSegments(bytes: Uint8Array): Generator<JpegSegment> {
  if (!isJpeg(bytes)) return;
  let start = 2;
  while (start + 4 <= bytes.length) {
    if (bytes[start] !== 0xff) return;
    const marker = bytes[start + 1] as number;
    // Fill bytes may stand before a marker.
    if (marker === 0xff) {
      start++;
      continue;
    }
    if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)) {
      start += 2;
      continue;
    }
    if (marker === 0xd9) return;
    const length = (bytes[start + 2] as number) << 8 | (bytes[start + 3] as number);
    const end = start + 2 + length;
    if (length < 2 || end > bytes.length) return;
    yield { marker, data: bytes.subarray(start + 4, end), start, end };
    if (marker === 0xda) return;
    start = end;
  }
}

/** Size from the frame header (all kinds of SOF), orientation from EXIF. */
export function jpegSize(bytes: Uint8Array): ImageSize | undefined {
  let orientation: number | undefined;
  for (const { marker, data } of readSegments(bytes)) {
    if (marker === 0xe1 && orientation === undefined && startsWith(data, EXIF_PREFIX)) {
      orientation = readOrientation(data.subarray(EXIF_PREFIX.length));
    }
    if (isFrameHeader(marker) && data.length >= 5) {
      const view = viewOf(data);
      return {
        height: view.getUint16(1),
        width: view.getUint16(3),
        orientation: orientation ?? 1,
      };
    }
  }
  return undefined;
}

/** What stands before the TIFF structure in an EXIF segment. */
export const EXIF_PREFIX = "Exif\0\0";

/** SOF0 to SOF15 without DHT (c4), JPG (c8) and DAC (cc). */
function isFrameHeader(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}
