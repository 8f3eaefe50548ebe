/** Lights out of focus. */
import { fillRows } from "../canvas.ts";
import { mix, ramp } from "../colour.ts";
import { between, pick } from "../random.ts";
import { drawDisc, drawGlow, drawRing } from "../shapes.ts";
import type { Scene } from "./scene.ts";

/** Soft discs before a dim gradient, large and faint behind, small and bright in front. */
export const bokeh: Scene = (canvas, palette, random) => {
  const dim = palette.sky.map((colour) => mix(colour, palette.near, 0.8));
  fillRows(canvas, (y) => ramp(dim, y / canvas.height));
  const { width, height, unit } = canvas;
  drawGlow(
    canvas,
    {
      x: width * between(random, 0.3, 0.7),
      y: height * between(random, 0.3, 0.6),
      radius: unit * 0.8,
    },
    palette.light,
    0.35,
  );
  const count = Math.round(46 * Math.sqrt(Math.max(width, height) / unit));
  for (let i = 0; i < count; i++) {
    const front = i / count;
    // Lights gather along a band, as lamps along a street do.
    const x = random() * 1.1 - 0.05;
    const spread = (random() + random() + random()) / 3 - 0.5;
    const disc = {
      x: x * width,
      y: height * (0.44 + 0.12 * Math.sin(x * 3 + 1) + spread * 1.1),
      radius: unit * (0.035 + 0.085 * (1 - front) * (0.4 + random()) + 0.015 * random()),
    };
    const colour = mix(pick(random, palette.accents), palette.light, 0.3 * random());
    const alpha = 0.2 + 0.34 * front * random();
    drawDisc(canvas, disc, colour, alpha, 1 + unit * 0.02 * (1 - front) ** 2);
    if (front > 0.45) {
      drawRing(canvas, disc, mix(colour, palette.light, 0.5), alpha * 0.8, unit * 0.004);
    }
  }
};
