/** Tiles of circles, arcs and triangles in few colours. */
import { type Canvas, word } from "../canvas.ts";
import { mix, type Rgb } from "../colour.ts";
import { pick } from "../random.ts";
import type { Scene } from "./scene.ts";

/**
 * How far inside its figure a point of a tile lies; negative outside. The tile's sides run from
 * 0 to 1, distances are in the same measure.
 */
type Figure = (x: number, y: number) => number;

const FIGURES: readonly Figure[] = [
  (x, y) => 1 - Math.hypot(x, y),
  (x, y) => 0.5 - Math.hypot(x - 0.5, y),
  (x, y) => 0.34 - Math.hypot(x - 0.5, y - 0.5),
  (x, y) => (1 - x - y) * Math.SQRT1_2,
  (x, y) => 0.19 - Math.abs(Math.hypot(x, y) - 0.6),
  (x) => 0.125 - Math.abs((x * 2 % 1) - 0.5) / 2,
  (x, y) => Math.max(0.5 - Math.hypot(x, y), 0.5 - Math.hypot(x - 1, y - 1)),
  (x, y) => 0.07 - Math.abs(Math.abs(Math.hypot(x - 0.5, y - 0.5) - 0.26) - 0.14),
  (x, y) => Math.min(1 - Math.hypot(x, y), 1 - Math.hypot(x - 1, y - 1)),
];

/** A wall of tiles. */
export const tiles: Scene = (canvas, palette, random) => {
  const across = pick(random, [4, 5, 6]);
  const size = canvas.unit / across;
  const colours = [...palette.accents, mix(palette.near, palette.far, 0.2)];
  const columns = Math.ceil(canvas.width / size), rows = Math.ceil(canvas.height / size);
  const left = (canvas.width - columns * size) / 2;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const ground = pick(random, colours);
      const figure = pick(random, colours.filter((colour) => colour !== ground));
      const shape = pick(random, FIGURES);
      const turn = Math.floor(random() * 4);
      paintTile(canvas, left + column * size, row * size, size, {
        ground,
        figure,
        inside: (x, y) => shape(...turned(x, y, turn)),
      });
    }
  }
};

function turned(x: number, y: number, quarters: number): [number, number] {
  if (quarters === 1) return [y, 1 - x];
  if (quarters === 2) return [1 - x, 1 - y];
  return quarters === 3 ? [1 - y, x] : [x, y];
}

interface Tile {
  readonly ground: Rgb;
  readonly figure: Rgb;
  readonly inside: Figure;
}

function paintTile(canvas: Canvas, left: number, top: number, size: number, tile: Tile): void {
  const { width, height, words } = canvas;
  const x0 = Math.max(0, Math.round(left)), x1 = Math.min(width, Math.round(left + size));
  const y0 = Math.max(0, Math.round(top)), y1 = Math.min(height, Math.round(top + size));
  const steps = Array.from(
    { length: 9 },
    (_, i) => word(mix(tile.ground, tile.figure, i / 8)),
  );
  for (let y = y0; y < y1; y++) {
    for (let x = x0; x < x1; x++) {
      const depth = tile.inside((x + 0.5 - left) / size, (y + 0.5 - top) / size) * size;
      const cover = Math.min(1, Math.max(0, depth + 0.5));
      words[y * width + x] = steps[Math.round(cover * 8)] as number;
    }
  }
}
