/** A sea of paper: sheets of waves, each throwing a shade on the one behind. */
import { mix, ramp } from "../colour.ts";
import { between } from "../random.ts";
import { drawDisc } from "../shapes.ts";
import { drawSilhouette } from "../silhouette.ts";
import { paintSky, type Scene } from "./scene.ts";

const SHEETS = 7;

/** Waves before a large sun with rings. */
export const waves: Scene = (canvas, palette, random) => {
  paintSky(canvas, palette, 0.6);
  const sun = {
    x: canvas.width * between(random, 0.3, 0.64),
    y: canvas.height * between(random, 0.36, 0.44),
  };
  for (let ring = 4; ring >= 0; ring--) {
    const radius = canvas.unit * (0.13 + 0.065 * ring);
    const alpha = ring === 0 ? 0.95 : 0.26 - 0.04 * ring;
    drawDisc(canvas, { ...sun, radius }, palette.light, alpha);
  }
  const sea = [ramp(palette.sky, 0.72), palette.far, mix(palette.far, palette.near, 0.55)];
  for (let sheet = 0; sheet < SHEETS; sheet++) {
    const near = sheet / (SHEETS - 1);
    const base = canvas.height * (0.5 + 0.4 * near);
    const height = canvas.unit * (0.012 + 0.03 * near);
    const length = 1 / (3.6 - 2.1 * near);
    const [shift, drift] = [random() * 7, random() * 7];
    const colour = ramp([...sea, palette.near], near);
    drawSilhouette(canvas, (x) => {
      const at = x / canvas.unit / length;
      const swell = Math.sin((at + shift) * 6.2832 + 0.55 * Math.sin((at + shift) * 6.2832));
      return base - height * (swell + 0.5 * Math.sin((at * 0.37 + drift) * 6.2832));
    }, {
      colourAt: (y) =>
        mix(mix(colour, palette.light, 0.16), colour, (y - base) / height / 2.5 + 0.5),
      shade: { colour: palette.near, strength: 0.34, reach: canvas.unit * (0.012 + 0.025 * near) },
    });
  }
};
