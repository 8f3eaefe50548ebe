import { assert, assertAlmostEquals, assertEquals, assertStrictEquals } from "@std/assert";
import fc from "fast-check";
import { createImage } from "./image.ts";
import { coverCrop, fitInside, fittedSize, resize } from "./resize.ts";
import { gradientImage, meanDifference, pixelAt } from "./testing.ts";

const FITS: readonly (readonly [[number, number], [number, number], [number, number]])[] = [
  [[1024, 1536], [1024, 1535], [1023, 1535]],
  [[4000, 3000], [1024, 1024], [1024, 768]],
  [[300, 400], [768, 768], [576, 768]],
  [[100, 100], [640, 480], [480, 480]],
  [[10_000, 1], [100, 100], [100, 1]],
];

Deno.test("fitted sizes keep the ratio; the limiting side is exact", () => {
  for (const [[width, height], box, [fitWidth, fitHeight]] of FITS) {
    assertEquals(fittedSize({ width, height }, { width: box[0], height: box[1] }), {
      width: fitWidth,
      height: fitHeight,
    });
  }
});

Deno.test("a plain picture stays plain at every size", () => {
  const plain = createImage(13, 9);
  for (let i = 0; i < plain.data.length; i += 4) plain.data.set([200, 100, 50, 255], i);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 }), (w, h) => {
      const image = resize(plain, w, h);
      assertEquals(image.data.length, w * h * 4);
      for (let x = 0; x < w; x++) assertEquals(pixelAt(image, x, h - 1), [200, 100, 50, 255]);
    }),
    { numRuns: 60, seed: 3 },
  );
});

Deno.test("down and up again comes close to the original", () => {
  const image = gradientImage(64, 48);
  assert(meanDifference(image, resize(resize(image, 32, 24), 64, 48)) < 1.5);
});

Deno.test("transparent pixels do not bleed their colour", () => {
  const image = createImage(8, 8);
  for (let y = 0; y < 8; y++) {
    for (let x = 0; x < 8; x++) {
      // Left half white, right half invisible black.
      if (x < 4) image.data.set([255, 255, 255, 255], (y * 8 + x) * 4);
    }
  }
  const half = resize(image, 4, 4);
  for (let x = 0; x < 4; x++) {
    const [red, , , alpha] = pixelAt(half, x, 2);
    if (alpha !== undefined && alpha > 8) assert(red !== undefined && red >= 250);
  }
});

Deno.test("fitInside keeps all of the picture", () => {
  const image = fitInside(gradientImage(60, 20), 30, 30);
  assertEquals([image.width, image.height], [30, 10]);
  const [left = 99] = pixelAt(image, 0, 5), [right = 0] = pixelAt(image, 29, 5);
  assert(left < 10 && right > 245);
});

Deno.test("coverCrop fills the box and cuts both ends alike", () => {
  const image = coverCrop(gradientImage(61, 21), 20, 20);
  assertEquals([image.width, image.height], [20, 20]);
  const [left = 0] = pixelAt(image, 0, 10), [right = 0] = pixelAt(image, 19, 10);
  assertAlmostEquals(left, 255 - right, 3);
  assert(left > 70 && right < 185);
});

Deno.test("nothing is done when the size is right", () => {
  const image = gradientImage(5, 5);
  assertStrictEquals(resize(image, 5, 5), image);
});
