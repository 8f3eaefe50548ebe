/** Long slopes of sand, one behind the other. */
import { mix } from "../colour.ts";
import { between, smoothNoise } from "../random.ts";
import { drawSilhouette } from "../silhouette.ts";
import { paintLight, paintSky, type Scene } from "./scene.ts";

const SLOPES = 5;

/** Dunes under a high sun. */
export const dunes: Scene = (canvas, palette, random) => {
  paintSky(canvas, palette, 0.55);
  paintLight(canvas, palette, {
    x: canvas.width * between(random, 0.18, 0.68),
    y: canvas.height * between(random, 0.2, 0.32),
    radius: canvas.unit * between(random, 0.05, 0.085),
  });
  for (let slope = 0; slope < SLOPES; slope++) {
    const near = slope / (SLOPES - 1);
    const noise = smoothNoise(random);
    const shift = random() * 50, lean = between(random, -0.16, 0.16);
    const top = canvas.height * (0.47 + 0.36 * near);
    const colour = mix(palette.far, palette.near, 0.1 + 0.8 * near);
    drawSilhouette(canvas, (x) => {
      const at = x / canvas.unit;
      // The crest: the absolute value folds the curve into a sharp edge with hollow sides.
      const crest = 1 - Math.abs(noise(at * (0.9 + 0.3 * near) + shift)) ** 0.8;
      return top - canvas.unit * (0.17 * crest - 0.08 + lean * (x / canvas.width - 0.5));
    }, {
      colourAt: (y) =>
        mix(
          mix(colour, palette.light, 0.4 * (1 - near * 0.6)),
          colour,
          (y - top) / (canvas.height * 0.17) + 0.5,
        ),
      shade: { colour: palette.near, strength: 0.2, reach: canvas.unit * 0.05 },
    });
  }
};
