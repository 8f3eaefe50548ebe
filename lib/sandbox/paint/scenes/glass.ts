/** A stained-glass window: cells of light between dark leads. */
import { type Canvas, word } from "../canvas.ts";
import { mix, ramp, type Rgb } from "../colour.ts";
import { between, pick, type Random } from "../random.ts";
import type { Palette } from "../palettes.ts";
import type { Scene } from "./scene.ts";

const LEAD: Rgb = [22, 20, 28];

/** Shades of one pane, from its edge to its middle. */
const SHADES = 24;

/** Panes of glass around a bright middle. */
export const glass: Scene = (canvas, palette, random) => {
  const panes = cutPanes(canvas, palette, random);
  const { width, height, words } = canvas;
  const lead = canvas.unit * 0.0065;
  for (let y = 0; y < height; y++) {
    const row = Math.floor(y / panes.cell) + 1;
    for (let x = 0; x < width; x++) {
      const column = Math.floor(x / panes.cell) + 1;
      let nearest = -1, first = Infinity, second = Infinity;
      for (let r = row - 1; r <= row + 1; r++) {
        for (let c = column - 1; c <= column + 1; c++) {
          const pane = r * panes.columns + c;
          const dx = x - (panes.x[pane] as number), dy = y - (panes.y[pane] as number);
          const distance = dx * dx + dy * dy;
          if (distance < first) {
            second = first, first = distance, nearest = pane;
          } else if (distance < second) second = distance;
        }
      }
      const edge = Math.sqrt(second) - Math.sqrt(first) - lead;
      const shade = edge <= 0 ? 0 : Math.min(SHADES - 1, 1 + edge / panes.cell * SHADES * 1.1);
      const cover = Math.min(1, Math.max(0, edge + 0.5));
      words[y * width + x] = cover < 1
        ? word(mixFast(LEAD, panes.edges[nearest] as Rgb, cover))
        : panes.shades[nearest * SHADES + Math.floor(shade)] as number;
    }
  }
};

interface Panes {
  readonly cell: number;
  readonly columns: number;
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly edges: readonly Rgb[];
  readonly shades: Uint32Array;
}

/** One pane for each cell of a grid that reaches one cell beyond the canvas. */
function cutPanes(canvas: Canvas, palette: Palette, random: Random): Panes {
  const cell = canvas.unit / Math.round(between(random, 6, 9));
  const columns = Math.ceil(canvas.width / cell) + 2, rows = Math.ceil(canvas.height / cell) + 2;
  const count = columns * rows;
  const x = new Float32Array(count), y = new Float32Array(count);
  const shades = new Uint32Array(count * SHADES);
  const edges: Rgb[] = [];
  const middle = [
    between(random, 0.35, 0.65) * canvas.width,
    between(random, 0.3, 0.5) * canvas.height,
  ];
  const rings = [palette.light, ...palette.sky.toReversed()];
  for (let pane = 0; pane < count; pane++) {
    x[pane] = (pane % columns - 1 + between(random, 0.08, 0.92)) * cell;
    y[pane] = (Math.floor(pane / columns) - 1 + between(random, 0.08, 0.92)) * cell;
    const away = Math.hypot(
      (x[pane] as number) - (middle[0] as number),
      (y[pane] as number) - (middle[1] as number),
    );
    const base = ramp(rings, away / canvas.unit * 1.25 + between(random, -0.07, 0.07));
    const colour = random() < 0.5 ? mix(base, pick(random, palette.accents), 0.8) : base;
    edges.push(mix(colour, LEAD, 0.3));
    for (let shade = 0; shade < SHADES; shade++) {
      const t = shade / (SHADES - 1);
      const glow = mix(
        mix(colour, LEAD, 0.3),
        mix(colour, palette.light, 0.22),
        Math.min(1, t * 1.4),
      );
      shades[pane * SHADES + shade] = word(glow);
    }
  }
  return { cell, columns, x, y, edges, shades };
}

function mixFast(a: Rgb, b: Rgb, t: number): Rgb {
  return [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t];
}
