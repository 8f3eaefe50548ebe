import { assert, assertEquals } from "@std/assert";
import { type Canvas, createCanvas } from "./canvas.ts";
import { drawDisc, drawGlow, drawPanel, drawRing } from "./shapes.ts";

const WHITE = [255, 255, 255] as const;

function area(canvas: Canvas): number {
  let sum = 0;
  for (let i = 0; i < canvas.data.length; i += 4) sum += (canvas.data[i] as number) / 255;
  return sum;
}

function red(canvas: Canvas, x: number, y: number): number {
  return canvas.data[(y * canvas.width + x) * 4] as number;
}

Deno.test("a disc has a disc's area, sharp or soft", () => {
  for (const softness of [1, 4]) {
    const canvas = createCanvas(60, 60);
    drawDisc(canvas, { x: 30, y: 30, radius: 20 }, WHITE, 1, softness);
    assert(Math.abs(area(canvas) - Math.PI * 400) < 25);
  }
});

Deno.test("a ring has a ring's area and an empty middle", () => {
  const canvas = createCanvas(60, 60);
  drawRing(canvas, { x: 30, y: 30, radius: 20 }, WHITE, 1, 3);
  assert(Math.abs(area(canvas) - 2 * Math.PI * 20 * 3) < 20);
  assertEquals(red(canvas, 30, 30), 0);
});

Deno.test("a glow fades from the middle to nothing", () => {
  const canvas = createCanvas(60, 60);
  drawGlow(canvas, { x: 30, y: 30, radius: 20 }, WHITE, 0.8);
  const values = [30, 35, 40, 45, 51].map((x) => red(canvas, x, 30));
  assert(values[0] !== undefined && values[0] > 190 && values[0] <= 204);
  assertEquals(values.toSorted((a, b) => b - a), values);
  assertEquals(values.at(-1), 0);
});

Deno.test("a panel is full in the middle and round at its corners", () => {
  const canvas = createCanvas(60, 40);
  drawPanel(canvas, { x: 10, y: 10, width: 40, height: 20, corner: 8 }, WHITE, 1);
  assertEquals([red(canvas, 30, 10), red(canvas, 10, 20), red(canvas, 30, 30)], [255, 255, 0]);
  assertEquals([red(canvas, 10, 10), red(canvas, 49, 29)], [0, 0]);
});

Deno.test("shapes beyond the edge are clipped", () => {
  const canvas = createCanvas(10, 10);
  drawDisc(canvas, { x: -50, y: 5, radius: 20 }, WHITE);
  drawGlow(canvas, { x: 5, y: 90, radius: 20 }, WHITE, 1);
  assertEquals(area(canvas), 0);
});
