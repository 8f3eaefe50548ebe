import { assert, assertEquals } from "@std/assert";
import { createCanvas } from "./canvas.ts";
import { drawText } from "./text.ts";

function ink(text: string, options: { size?: number; angle?: number; x?: number } = {}): number[] {
  const canvas = createCanvas(80, 40);
  drawText(canvas, text, { x: 10, y: 8, size: 20, colour: [255, 255, 255], ...options });
  return Array.from({ length: 80 * 40 }, (_, i) => canvas.data[i * 4] as number);
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

Deno.test("a stroke covers its length times its width", () => {
  // An I of 20 pixels with strokes of 1.9/14 of its height and two round ends.
  const width = 20 * 1.9 / 14;
  const area = 20 * width + Math.PI * width * width / 4;
  assert(Math.abs(sum(ink("I")) / 255 - area) < area * 0.08);
});

Deno.test("joints of strokes are no brighter than strokes", () => {
  assert(ink("X").every((value) => value <= 255));
  assertEquals(Math.max(...ink("X")), 255);
});

Deno.test("small letters keep strokes that can be seen", () => {
  assert(Math.max(...ink("I", { size: 5 })) > 150);
});

Deno.test("turned by a quarter, a line of text runs down", () => {
  const turned = ink("I", { angle: Math.PI / 2, x: 60 });
  const rows = Array.from({ length: 40 }, (_, y) => sum(turned.slice(y * 80, y * 80 + 80)));
  assert(rows.filter((row) => row > 0).length < 8);
});

Deno.test("text beyond the canvas is clipped", () => {
  assertEquals(sum(ink("W", { x: 500 })), 0);
  assert(sum(ink("W", { x: -10 })) < sum(ink("W")));
});
