/** Curtains of light over a mountain at night. */
import { blend, type Canvas, fillRows } from "../canvas.ts";
import { mix, ramp, type Rgb, rgb } from "../colour.ts";
import { between, pick, type Random, smoothNoise } from "../random.ts";
import { drawDisc } from "../shapes.ts";
import { drawSilhouette } from "../silhouette.ts";
import { ridgeLine, treeLine } from "./hills.ts";
import type { Scene } from "./scene.ts";

const NIGHT = ["#040714", "#081530", "#10294f", "#1d4a6b"].map(rgb);
const CURTAINS = [
  ["#3ef0a0", "#2bb8c9"],
  ["#5af7c0", "#7a5cf0"],
  ["#62e0ff", "#b04ff0"],
].map((pair) => pair.map(rgb));

/** Northern lights. */
export const aurora: Scene = (canvas, palette, random) => {
  fillRows(canvas, (y) => ramp(NIGHT, y / canvas.height / 0.75));
  paintStars(canvas, random, 220, 0.7);
  const [foot, head] = pick(random, CURTAINS) as [Rgb, Rgb];
  for (let i = 0; i < 3; i++) paintCurtain(canvas, random, foot, mix(head, foot, i * 0.25), i);
  for (let ridge = 0; ridge < 3; ridge++) {
    const near = ridge / 2;
    const line = ridgeLine(random, canvas.width / canvas.unit, near * 0.8);
    const trees = ridge === 2 ? treeLine(random, 1) : () => 0;
    const top = canvas.height * (0.6 + 0.22 * near);
    const colour = mix(mix(palette.far, NIGHT[3] as Rgb, 0.75), [4, 8, 18], 0.25 + 0.7 * near);
    drawSilhouette(
      canvas,
      (x) => top - canvas.unit * (line(x / canvas.unit) + trees(x / canvas.unit)),
      {
        colourAt: (y) =>
          mix(colour, foot, Math.max(0, 0.16 - Math.abs(y - top) / canvas.height) * (1 - near)),
      },
    );
  }
};

/** Stars of several sizes in the upper part of the canvas. */
export function paintStars(canvas: Canvas, random: Random, count: number, part: number): void {
  for (let i = 0; i < count; i++) {
    const x = random() * canvas.width, y = random() * canvas.height * part;
    const size = random() ** 5;
    const radius = canvas.unit * (0.0007 + 0.0024 * size);
    drawDisc(
      canvas,
      { x, y, radius: Math.max(radius, 0.4) },
      [255, 250, 240],
      0.3 + 0.7 * random(),
    );
  }
}

/** Light that stands on a winding line: sharp below, fading upwards. */
function paintCurtain(
  canvas: Canvas,
  random: Random,
  foot: Rgb,
  head: Rgb,
  index: number,
): void {
  const path = smoothNoise(random), folds = smoothNoise(random), tall = smoothNoise(random);
  const level = between(random, 0.3, 0.44) + 0.06 * index;
  const shift = random() * 40;
  const colours = Array.from({ length: 64 }, (_, i) => mix(foot, head, Math.min(1, i / 40)));
  const { width, height, unit, data } = canvas;
  for (let x = 0; x < width; x++) {
    const at = x / unit;
    const base = height * level + unit * 0.11 * path(at * 1.7 + shift);
    const reach = unit * (0.32 + 0.12 * tall(at * 3 + shift));
    const fold = 0.62 + 0.25 * folds(at * 9 + shift) + 0.13 * folds(at * 31 + shift);
    const strength = (1.15 - 0.2 * index) * fold * (0.55 + 0.45 * path(at * 0.8 + shift + 9));
    const soft = unit * 0.022;
    const top = Math.max(0, Math.floor(base - reach));
    const bottom = Math.min(height, Math.ceil(base + soft));
    for (let y = top; y < bottom; y++) {
      const up = (base - y) / reach;
      const fade = up < 0 ? 1 - (y - base) / soft : (1 - up) ** 2;
      if (fade <= 0) continue;
      const colour = colours[Math.max(0, Math.floor(up * 63))] ?? head;
      blend(data, (y * width + x) * 4, colour, Math.min(0.92, strength * fade));
    }
  }
}
