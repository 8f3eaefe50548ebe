import { assert, assertEquals } from "@std/assert";
import { createCanvas, fillRows } from "./canvas.ts";
import { drawSilhouette } from "./silhouette.ts";

function column(lineAt: (x: number) => number, shade = 0): number[] {
  const canvas = createCanvas(8, 20);
  fillRows(canvas, () => [100, 100, 100]);
  drawSilhouette(canvas, lineAt, {
    colourAt: () => [200, 200, 200],
    ...(shade > 0 ? { shade: { colour: [0, 0, 0] as const, strength: 1, reach: shade } } : {}),
  });
  return Array.from({ length: 20 }, (_, y) => canvas.data[(y * 8 + 4) * 4] as number);
}

Deno.test("everything below the line is painted, nothing above", () => {
  const values = column(() => 12);
  assertEquals(values.slice(0, 12), new Array(12).fill(100));
  assertEquals(values.slice(12), new Array(8).fill(200));
});

Deno.test("a line inside a pixel covers it in part", () => {
  assertEquals(column(() => 12.5)[12], 150);
  const steep = column((x) => 12 + (x - 4) * 4)[13] ?? 0;
  assert(steep > 100 && steep < 200);
});

Deno.test("the shade darkens what is behind, most at the line", () => {
  const values = column(() => 12, 6);
  const [far = 0, middle = 0, close = 0] = [values[4], values[8], values[11]];
  assertEquals(far, 100);
  assert(middle < 100 && close < middle);
  assertEquals(values[12], 200);
});

Deno.test("lines beyond the canvas paint all or nothing", () => {
  assertEquals(column(() => -5), new Array(20).fill(200));
  assertEquals(column(() => 50), new Array(20).fill(100));
});
