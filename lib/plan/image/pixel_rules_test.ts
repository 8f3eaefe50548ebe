import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { imageModel } from "../../catalog/image_models.ts";
import { brokenRules, nearestSize, sideBeside, snapToGrid } from "./pixel_rules.ts";

const GPT = imageModel("gpt-image-2");
const side = fc.integer({ min: 1, max: 8192 });

Deno.test("any size has a near one that the model renders", () => {
  fc.assert(
    fc.property(side, side, (width, height) => {
      const near = nearestSize(snapToGrid({ width, height }, GPT), GPT);
      assertEquals(brokenRules(near, GPT), []);
      assert(Math.max(near.width, near.height) <= GPT.side.max);
      assert(Math.min(near.width, near.height) >= GPT.side.min);
      if (width > height) assert(near.width >= near.height);
    }),
    { numRuns: 2000 },
  );
});

Deno.test("a side beside a fixed one makes a size that the model renders", () => {
  fc.assert(
    fc.property(fc.integer({ min: 16, max: 240 }), side, (step, wanted) => {
      const fixed = step * 16;
      const other = sideBeside(fixed, wanted, GPT);
      if (other === undefined) return;
      assertEquals(brokenRules({ width: fixed, height: other }, GPT), []);
    }),
    { numRuns: 2000 },
  );
});

const BROKEN: readonly [number, number, number][] = [
  [1024, 1024, 0],
  [1000, 1024, 1],
  [512, 512, 1],
  [3840, 2160, 0],
  [3840, 3840, 1],
  [3072, 1024, 0],
  [3088, 1024, 1],
  [250, 3840, 2],
];
for (const [width, height, count] of BROKEN) {
  Deno.test(`${width}x${height} breaks ${count} rules of ${GPT.id}`, () => {
    assertEquals(brokenRules({ width, height }, GPT).length, count);
  });
}

Deno.test("a model without a grid takes every size", () => {
  assertEquals(brokenRules({ width: 301, height: 999 }, imageModel("z_image_turbo_bf16")), []);
});
