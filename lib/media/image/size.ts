/** Size and orientation of a picture from its header, without decoding it. */
import { latin1, startsWith, viewOf } from "./bytes.ts";
import { jpegSize } from "./jpeg_segments.ts";
import { isPng, readChunks } from "./png_chunks.ts";
import { readOrientation } from "./exif.ts";
import { webpSize } from "./webp_chunks.ts";

/** What a header says. */
export interface ImageSize {
  /** Pixels as stored, before the orientation is applied. */
  readonly width: number;
  /** Pixels as stored, before the orientation is applied. */
  readonly height: number;
  /** EXIF orientation, 1 to 8; 1 when none is given. */
  readonly orientation: number;
}

/**
 * The size of a PNG, JPEG, WebP, GIF or BMP picture.
 *
 * @param bytes the file, or as much of its beginning as holds the header
 * @returns `undefined` for other files and damaged headers; never throws
 */
export function imageSize(bytes: Uint8Array): ImageSize | undefined {
  const size = isPng(bytes)
    ? pngSize(bytes)
    : jpegSize(bytes) ?? webpSize(bytes) ?? gifSize(bytes) ?? bmpSize(bytes);
  return size && size.width > 0 && size.height > 0 ? size : undefined;
}

/** The size as a viewer shows it: sides swapped for orientations that turn by a quarter. */
export function displaySize(size: ImageSize): { width: number; height: number } {
  return size.orientation >= 5
    ? { width: size.height, height: size.width }
    : { width: size.width, height: size.height };
}

function pngSize(bytes: Uint8Array): ImageSize | undefined {
  // The header is read by hand: a file cut behind it still has a size.
  if (bytes.length < 24 || latin1(bytes.subarray(12, 16)) !== "IHDR") {
    return undefined;
  }
  let orientation = 1;
  for (const chunk of readChunks(bytes)) {
    if (chunk.type === "eXIf") orientation = readOrientation(chunk.data);
  }
  const view = viewOf(bytes);
  return { width: view.getUint32(16), height: view.getUint32(20), orientation };
}

function gifSize(bytes: Uint8Array): ImageSize | undefined {
  if (bytes.length < 10 || !/^GIF8[79]a/.test(latin1(bytes.subarray(0, 6)))) {
    return undefined;
  }
  const view = viewOf(bytes);
  return { width: view.getUint16(6, true), height: view.getUint16(8, true), orientation: 1 };
}

function bmpSize(bytes: Uint8Array): ImageSize | undefined {
  if (bytes.length < 26 || !startsWith(bytes, "BM")) return undefined;
  const view = viewOf(bytes);
  if (view.getUint32(14, true) === 12) {
    return { width: view.getUint16(18, true), height: view.getUint16(20, true), orientation: 1 };
  }
  // A negative height says that the rows begin at the top.
  return {
    width: Math.max(0, view.getInt32(18, true)),
    height: Math.abs(view.getInt32(22, true)),
    orientation: 1,
  };
}
