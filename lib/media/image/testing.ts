/** Pictures and file parts for tests. */
import { concatBytes, viewOf } from "./bytes.ts";
import { createImage, type RgbaImage } from "./image.ts";

/** A smooth picture in which every pixel of a small size differs. */
export function gradientImage(width: number, height: number, alpha = 255): RgbaImage {
  const image = createImage(width, height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const pixel = [
        x * 255 / Math.max(1, width - 1),
        y * 255 / Math.max(1, height - 1),
        90,
        alpha,
      ];
      image.data.set(pixel, (y * width + x) * 4);
    }
  }
  return image;
}

/** Mean absolute difference of two pictures of one size, per sample. */
export function meanDifference(a: RgbaImage, b: RgbaImage): number {
  let sum = 0;
  for (let i = 0; i < a.data.length; i++) {
    sum += Math.abs((a.data[i] as number) - (b.data[i] as number));
  }
  return sum / a.data.length;
}

/** The red, green, blue and alpha of one pixel. */
export function pixelAt(image: RgbaImage, x: number, y: number): number[] {
  const at = (y * image.width + x) * 4;
  return [...image.data.subarray(at, at + 4)];
}

/** A JPEG with an EXIF segment that says only this orientation. */
export function withOrientation(
  jpeg: Uint8Array,
  orientation: number,
  order: "II" | "MM" = "MM",
): Uint8Array<ArrayBuffer> {
  const little = order === "II";
  const segment = new Uint8Array(4 + 6 + 26);
  const view = viewOf(segment);
  view.setUint16(0, 0xffe1);
  view.setUint16(2, segment.length - 2);
  segment.set(new TextEncoder().encode(`Exif\0\0${order}`), 4);
  view.setUint16(12, 42, little);
  view.setUint32(14, 8, little);
  view.setUint16(18, 1, little);
  view.setUint16(20, 0x0112, little);
  view.setUint16(22, 3, little);
  view.setUint32(24, 1, little);
  view.setUint16(28, orientation, little);
  return concatBytes([jpeg.subarray(0, 2), segment, jpeg.subarray(2)]);
}

/** Bytes from text in which each character is one byte. */
export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
