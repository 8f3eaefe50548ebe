/** Sizes of the sheet and of the film. */
import type { Ratio, SheetLayout, Size } from "./types.ts";

const STEP = 16;
const SIDE = { min: 768, max: 3840 };
const AREA = { target: 4_000_000, min: 720_000, max: 8_000_000 };

/** Cells along the longer and the shorter direction, by the largest number of frames they hold. */
const GRIDS: readonly (readonly [frames: number, major: number, minor: number])[] = [
  [1, 1, 1],
  [2, 2, 1],
  [3, 3, 1],
  [4, 2, 2],
  [6, 3, 2],
  [8, 4, 2],
  [9, 3, 3],
  [12, 4, 3],
  [15, 5, 3],
  [16, 4, 4],
  [20, 5, 4],
  [24, 6, 4],
];

/**
 * Lays out a sheet of `frames` panels.
 *
 * @param canvas size that the user named; otherwise it follows from the panels
 */
export function sheetLayout(frames: number, cell: Ratio, canvas?: Size): SheetLayout {
  const [, major = 6, minor = 4] = GRIDS.find(([most]) => frames <= most) ?? [];
  const landscape = cell[0] > cell[1];
  const columns = landscape ? minor : major;
  const rows = landscape ? major : minor;
  const board = reduced(columns * cell[0], rows * cell[1]);
  const size = canvas ? fitCanvas(canvas) : boardSize(board);
  return { columns, rows, cell, board: canvas ? reduced(size.width, size.height) : board, ...size };
}

/** Size of the film: the short side as asked for, the long one by the ratio. */
export function videoSize(shortSide: number, [width, height]: Ratio): Size {
  const short = toStep(shortSide);
  const long = toStep(short * Math.max(width, height) / Math.min(width, height));
  return width >= height ? { width: long, height: short } : { width: short, height: long };
}

/** A ratio in lowest terms. */
export function reduced(width: number, height: number): Ratio {
  let [a, b] = [width, height];
  while (b !== 0) [a, b] = [b, a % b];
  return [width / a, height / a];
}

/** `16:9` */
export function ratioText([width, height]: Ratio): string {
  return `${width}:${height}`;
}

function boardSize([width, height]: Ratio): Size {
  const scale = Math.sqrt(AREA.target / (width * height));
  return withinArea({ width: toSide(width * scale), height: toSide(height * scale) });
}

function fitCanvas({ width, height }: Size): Size {
  return withinArea({ width: toSide(width), height: toSide(height) });
}

// A very long sheet is held by its sides; then the other side gives way until the area fits.
function withinArea(size: Size): Size {
  let { width, height } = size;
  while (width * height > AREA.max && Math.max(width, height) > SIDE.min) {
    if (width >= height) width -= STEP;
    else height -= STEP;
  }
  while (width * height < AREA.min && Math.min(width, height) < SIDE.max) {
    if (width <= height) width += STEP;
    else height += STEP;
  }
  return { width, height };
}

function toSide(value: number): number {
  return Math.min(SIDE.max, Math.max(SIDE.min, toStep(value)));
}

function toStep(value: number): number {
  return Math.max(STEP, Math.round(value / STEP) * STEP);
}
