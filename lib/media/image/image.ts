/** A picture in memory, and the limits within which one is decoded. */

/** Straight (not premultiplied) 8-bit RGBA, rows from the top, no padding. */
export interface RgbaImage {
  /** Pixels. */
  readonly width: number;
  /** Pixels. */
  readonly height: number;
  /** `width * height * 4` bytes. */
  readonly data: Uint8ClampedArray<ArrayBuffer>;
}

/** The encodings that pictures are written in. */
export type ImageFormat = "png" | "jpg" | "webp";

/** Pictures with more pixels than this are not decoded: RGBA would need over 400 MB. */
export const MAX_PIXELS = 100_000_000;

/** The MIME type of each format. */
export const IMAGE_MIME: Readonly<Record<ImageFormat, string>> = {
  png: "image/png",
  jpg: "image/jpeg",
  webp: "image/webp",
};

/** A transparent black picture. */
export function createImage(width: number, height: number): RgbaImage {
  return { width, height, data: new Uint8ClampedArray(width * height * 4) };
}

/** True when every pixel is fully opaque. */
export function isOpaque(image: RgbaImage): boolean {
  const { data } = image;
  for (let i = 3; i < data.length; i += 4) {
    if (data[i] !== 255) return false;
  }
  return true;
}
