/** Many pictures on one, in rows from the left, so that they can be looked at together. */
import { createImage, type RgbaImage } from "./image.ts";
import { fitInside } from "./resize.ts";

/** Pixels of a cell's side and of the space around cells. */
const CELL = 320;
const GAP = 8;
/** Dark grey: pictures stand out from it whether they are light or dark. */
const GROUND = [32, 32, 36, 255] as const;

/** @returns a picture of about as many rows as columns; `pictures` must not be empty */
export function contactSheet(pictures: readonly RgbaImage[]): RgbaImage {
  const columns = Math.ceil(Math.sqrt(pictures.length));
  const rows = Math.ceil(pictures.length / columns);
  const sheet = createImage(columns * (CELL + GAP) + GAP, rows * (CELL + GAP) + GAP);
  for (let at = 0; at < sheet.data.length; at += 4) sheet.data.set(GROUND, at);
  for (const [index, picture] of pictures.entries()) {
    const small = fitInside(picture, CELL, CELL);
    const left = GAP + index % columns * (CELL + GAP) + Math.floor((CELL - small.width) / 2);
    const top = GAP + Math.floor(index / columns) * (CELL + GAP) +
      Math.floor((CELL - small.height) / 2);
    place(sheet, small, left, top);
  }
  return sheet;
}

/** Transparent parts let the ground through. */
function place(sheet: RgbaImage, { width, height, data }: RgbaImage, left: number, top: number) {
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const from = (row * width + column) * 4;
      const to = ((top + row) * sheet.width + left + column) * 4;
      const alpha = (data[from + 3] ?? 255) / 255;
      for (let part = 0; part < 3; part++) {
        sheet.data[to + part] = (data[from + part] ?? 0) * alpha +
          (GROUND[part] ?? 0) * (1 - alpha);
      }
    }
  }
}
