/** Roofs against an evening sky, with lit windows. */
import { type Canvas, clip, word } from "../canvas.ts";
import { mix, ramp, type Rgb } from "../colour.ts";
import { between, pick, type Random } from "../random.ts";
import { drawSilhouette } from "../silhouette.ts";
import { paintLight, paintSky, type Scene } from "./scene.ts";

const ROWS = 4;

/** Rows of buildings. */
export const city: Scene = (canvas, palette, random) => {
  paintSky(canvas, palette, 0.8);
  paintLight(canvas, palette, {
    x: canvas.width * between(random, 0.2, 0.66),
    y: canvas.height * between(random, 0.24, 0.42),
    radius: canvas.unit * between(random, 0.07, 0.12),
  });
  const haze = ramp(palette.sky, 0.9);
  for (let row = 0; row < ROWS; row++) {
    const near = row / (ROWS - 1);
    const buildings = street(random, canvas, near);
    const colour = mix(palette.far, palette.near, 0.12 + 0.88 * near);
    drawSilhouette(canvas, roofs(buildings), {
      colourAt: (y) => mix(colour, haze, 0.5 * (1 - near) * Math.max(0, y / canvas.height - 0.3)),
    });
    if (row > 0) lightWindows(canvas, buildings, palette.light, colour, random, near);
  }
};

interface Building {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  /** Width and height of a mast on the roof; 0 for none. */
  readonly mast: number;
  /** How much the roof rises to the right. */
  readonly slope: number;
}

function street(random: Random, canvas: Canvas, near: number): Building[] {
  const buildings: Building[] = [];
  const { unit } = canvas;
  let left = -unit * 0.1 * random();
  while (left < canvas.width) {
    const right = left + unit * between(random, 0.06, 0.12) * (0.8 + 0.7 * near);
    const rise = between(random, 0.1, 0.42) * (1 - 0.35 * near) * (random() < 0.2 ? 1.3 : 1);
    const top = canvas.height * (0.66 + 0.18 * near) - unit * rise;
    const mast = random() < 0.22 ? unit * between(random, 0.03, 0.09) : 0;
    const slope = random() < 0.15 ? between(random, -0.5, 0.5) : 0;
    buildings.push({ left, right, top, mast, slope });
    left = right + (random() < 0.3 ? unit * 0.012 : 0);
  }
  return buildings;
}

function roofs(buildings: readonly Building[]): (x: number) => number {
  let index = 0;
  return (x) => {
    // The line is asked for from left to right.
    while (index < buildings.length - 1 && x >= (buildings[index] as Building).right) index++;
    const house = buildings[index] as Building;
    if (x < house.left) return house.top + (house.right - house.left);
    const middle = (house.left + house.right) / 2;
    const roof = house.top + house.slope * (x - middle);
    return Math.abs(x - middle) < house.mast * 0.035 ? roof - house.mast : roof;
  };
}

function lightWindows(
  canvas: Canvas,
  buildings: readonly Building[],
  light: Rgb,
  wall: Rgb,
  random: Random,
  near: number,
): void {
  const cell = canvas.unit * (0.0105 + 0.0095 * near);
  const shades = [light, mix(light, [255, 196, 92], 0.6), mix(light, wall, 0.45)];
  for (const { left, right, top, slope } of buildings) {
    const columns = Math.floor((right - left - cell) / cell);
    const start = (left + right - columns * cell) / 2;
    const busy = between(random, 0.12, 0.6);
    for (let y = top + cell * (1 + Math.abs(slope) * 3); y < canvas.height; y += cell * 1.35) {
      for (let column = 0; column < columns; column++) {
        const lit = random() < busy, shade = pick(random, shades);
        if (!lit) continue;
        const x = start + column * cell + cell * 0.22;
        const box = clip(canvas, x, y, x + cell * 0.5, y + cell * 0.7);
        const pixel = word(mix(wall, shade, 0.55 + 0.4 * near));
        for (let py = box.y0; py < box.y1; py++) {
          canvas.words.fill(pixel, py * canvas.width + box.x0, py * canvas.width + box.x1);
        }
      }
    }
  }
}
