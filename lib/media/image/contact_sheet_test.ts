import { assertEquals } from "@std/assert";
import { contactSheet } from "./contact_sheet.ts";
import { createImage } from "./image.ts";

function solid(width: number, height: number, ...colour: number[]) {
  const image = createImage(width, height);
  for (let at = 0; at < image.data.length; at += 4) image.data.set(colour, at);
  return image;
}
const red = solid(64, 64, 255, 0, 0, 255);
const blue = solid(640, 320, 0, 0, 255, 255);
const glass = solid(32, 32, 255, 255, 255, 0);

Deno.test("about as many rows as columns", () => {
  const sizes = [1, 2, 3, 4, 5, 8, 16].map((count) => {
    const { width, height } = contactSheet(Array.from({ length: count }, () => red));
    return [(width - 8) / 328, (height - 8) / 328];
  });
  assertEquals(sizes, [[1, 1], [2, 1], [2, 2], [2, 2], [3, 2], [3, 3], [4, 4]]);
});

Deno.test("pictures stand in order, whole and in the middle of their cells", () => {
  const sheet = contactSheet([red, blue, glass]);
  const at = (
    x: number,
    y: number,
  ) => [...sheet.data.subarray((y * sheet.width + x) * 4).slice(0, 4)];
  assertEquals(at(168, 168), [255, 0, 0, 255]);
  assertEquals(at(336 + 160, 168), [0, 0, 255, 255]);
  // A wide picture leaves room above and below.
  assertEquals(at(336 + 160, 40), [32, 32, 36, 255]);
  assertEquals(at(168, 336 + 160), [32, 32, 36, 255]);
  assertEquals(at(2, 2), [32, 32, 36, 255]);
});
