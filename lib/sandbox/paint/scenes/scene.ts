/** What every scene is, and the sky that most of them begin with. */
import { type Canvas, fillRows } from "../canvas.ts";
import { mix, ramp } from "../colour.ts";
import type { Palette } from "../palettes.ts";
import type { Random } from "../random.ts";
import { type Disc, drawDisc, drawGlow } from "../shapes.ts";

/** Paints the whole canvas. The same numbers give the same picture at every size. */
export type Scene = (canvas: Canvas, palette: Palette, random: Random) => void;

/** The sky's gradient, down to a horizon at this part of the height; below it one colour. */
export function paintSky(canvas: Canvas, palette: Palette, horizon: number): void {
  fillRows(canvas, (y) => ramp(palette.sky, y / (canvas.height * horizon)));
}

/** Sun or moon with its glow. */
export function paintLight(canvas: Canvas, palette: Palette, disc: Disc): void {
  drawGlow(canvas, { ...disc, radius: disc.radius * 7 }, palette.light, 0.4);
  drawGlow(canvas, { ...disc, radius: disc.radius * 2.6 }, palette.light, 0.5);
  drawDisc(canvas, disc, mix(palette.light, [255, 255, 255], 0.4), 0.96, canvas.unit / 400 + 1);
}
