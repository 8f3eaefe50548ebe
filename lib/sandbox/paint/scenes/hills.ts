/** Ridges behind ridges with mist between them, firs on the nearest. */
import { mix, ramp } from "../colour.ts";
import { between, type Random, smoothNoise } from "../random.ts";
import { drawSilhouette } from "../silhouette.ts";
import { paintLight, paintSky, type Scene } from "./scene.ts";

const RIDGES = 6;

/** Hills under a low sun. */
export const hills: Scene = (canvas, palette, random) => {
  paintSky(canvas, palette, 0.62);
  paintLight(canvas, palette, {
    x: canvas.width * between(random, 0.2, 0.7),
    y: canvas.height * between(random, 0.26, 0.4),
    radius: canvas.unit * between(random, 0.045, 0.075),
  });
  const mist = ramp(palette.sky, 0.96);
  for (let ridge = 0; ridge < RIDGES; ridge++) {
    const near = ridge / (RIDGES - 1);
    const line = ridgeLine(random, canvas.width / canvas.unit, near);
    const trees = ridge >= RIDGES - 2 ? treeLine(random, near) : () => 0;
    const top = canvas.height * (0.44 + 0.4 * near);
    const colour = mix(palette.far, palette.near, near ** 1.15);
    drawSilhouette(canvas, (x) => {
      const at = x / canvas.unit;
      return top - canvas.unit * (line(at) + trees(at));
    }, {
      colourAt: (y) => {
        const depth = (y - top) / (canvas.height * 0.24) + 0.25;
        return mix(colour, mist, Math.min(1, Math.max(0, depth)) * 0.7 * (1 - near));
      },
    });
  }
};

/** Height of a ridge, both in units of the shorter side. */
export function ridgeLine(random: Random, span: number, near: number): (x: number) => number {
  const noise = smoothNoise(random);
  const shift = random() * 60;
  const pace = between(random, 1.3, 2.1) + near;
  const height = between(random, 0.1, 0.15) * (1 - 0.55 * near);
  const tilt = between(random, -0.05, 0.05);
  return (x) => {
    const at = x * pace + shift;
    const rough = 1 - 0.6 * near;
    return height * (noise(at) + 0.45 * noise(at * 2.1 + 7) +
          rough * (0.22 * noise(at * 4.7 + 3) + 0.1 * noise(at * 11 + 5))) +
      tilt * (x / span - 0.5);
  };
}

/** Firs along a ridge: height of the treetops above the ground, in units of the shorter side. */
export function treeLine(random: Random, near: number): (x: number) => number {
  const size = 0.045 + 0.075 * (near - 0.6);
  const gap = size * 0.34;
  const heights = Array.from({ length: 256 }, () => random());
  const density = smoothNoise(random);
  return (x) => {
    const cell = Math.floor(x / gap);
    let highest = 0;
    for (let i = cell - 1; i <= cell + 1; i++) {
      const chance = heights[i & 255] as number;
      // Clearings: the wood is thick in some places and open in others.
      if (chance < 0.28 - density(i * gap * 2.2) * 0.5) continue;
      const tall = size * (0.45 + 0.75 * (heights[(i * 7 + 3) & 255] as number));
      const middle = (i + 0.25 + 0.5 * (heights[(i * 5 + 1) & 255] as number)) * gap;
      highest = Math.max(highest, firHeight(Math.abs(x - middle) / (tall * 0.27)) * tall);
    }
    return highest;
  };
}

/** Outline of a fir from the trunk (0) to the tip of its lowest branch (1): steps of branches. */
function firHeight(out: number): number {
  if (out >= 1) return 0;
  const tier = Math.floor(out * 5);
  const within = out * 5 - tier;
  return 1 - (tier + 0.35 * within + 0.65 * within ** 6) / 5;
}
