/** EXIF orientation, applied to pixels. */
import { createImage, type RgbaImage } from "./image.ts";

/**
 * The picture as a viewer shows it.
 *
 * @param orientation EXIF's value: 1 upright, 2 to 4 mirrored or turned by half, 5 to 8 turned by a
 * quarter (sides swap); anything else leaves the picture as it is
 */
export function applyOrientation(image: RgbaImage, orientation: number): RgbaImage {
  if (!Number.isInteger(orientation) || orientation < 2 || orientation > 8) return image;
  const { width, height } = image;
  const quarter = orientation >= 5;
  const turned = createImage(quarter ? height : width, quarter ? width : height);
  const from = new Uint32Array(image.data.buffer, image.data.byteOffset, width * height);
  const to = new Uint32Array(turned.data.buffer);
  // Where the first pixel comes from, and how far the source moves for a step right and down.
  const right = width - 1, bottom = (height - 1) * width;
  const moves: Readonly<Record<number, readonly [number, number, number]>> = {
    2: [right, -1, width],
    3: [right + bottom, -1, -width],
    4: [bottom, 1, -width],
    5: [0, width, 1],
    6: [bottom, -width, 1],
    7: [right + bottom, -width, -1],
    8: [right, width, -1],
  };
  const [start, across, down] = moves[orientation] ?? [0, 1, width];
  let at = 0;
  for (let y = 0; y < turned.height; y++) {
    let source = start + y * down;
    for (let x = 0; x < turned.width; x++, source += across) to[at++] = from[source] as number;
  }
  return turned;
}
