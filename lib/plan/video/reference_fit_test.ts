import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { videoModel } from "../../catalog/video_models.ts";
import { cutSize, fitInside, searchBox } from "./reference_fit.ts";
import type { SideRules, Size } from "./size.ts";
import { isAllowedSize, normalizeSize } from "./size.ts";

const LTX = videoModel("ltx23-i2v");
const WAN = videoModel("wan22-i2v");
const HORSE = videoModel("happyhorse-1.1-i2v");

Deno.test("a picture keeps its shape inside a box", () => {
  const rows: [[number, number], [number, number], [number, number]][] = [
    [[1024, 1536], [1024, 1536], [1024, 1536]],
    [[1000, 1500], [832, 480], [320, 480]],
    [[2000, 1000], [832, 480], [832, 416]],
    [[333, 500], [1024, 1536], [1023, 1536]],
    [[100, 100], [640, 480], [480, 480]],
    [[1, 9000], [480, 480], [1, 480]],
  ];
  for (const [[w, h], [bw, bh], [width, height]] of rows) {
    assertEquals(fitInside({ width: w, height: h }, { width: bw, height: bh }), { width, height });
  }
});

Deno.test("boxes for usual pictures", () => {
  const rows: [string, SideRules, [number, number], [number, number], [number, number] | null][] = [
    ["2:3 in LTX", LTX, [1024, 1536], [1920, 1088], [768, 1152]],
    ["9:16 in LTX", LTX, [1080, 1920], [1920, 1088], [1152, 2048]],
    ["square in WAN", WAN, [1000, 1000], [832, 480], [480, 480]],
    ["2:3 in WAN", WAN, [1024, 1536], [832, 480], [480, 720]],
    ["strip in WAN", WAN, [3000, 500], [832, 480], null],
  ];
  for (const [name, rules, [w, h], [rw, rh], result] of rows) {
    const found = searchBox({ width: w, height: h }, { width: rw, height: rh }, rules);
    assertEquals(found ? [found.result.width, found.result.height] : null, result, name);
    if (found) assertEquals(fitInside({ width: w, height: h }, found.box), found.result, name);
  }
});

Deno.test("the short search finds what a search of all boxes finds", () => {
  const side = fc.integer({ min: 40, max: 6000 });
  const rules = fc.constantFrom<SideRules>(
    LTX,
    WAN,
    { minDimension: 480, maxDimension: 1536, dimensionMultiple: 64 },
    { minDimension: 96, maxDimension: 320, dimensionMultiple: 8 },
    { minDimension: 50, maxDimension: 120, dimensionMultiple: 1 },
  );
  fc.assert(
    fc.property(side, side, side, side, rules, (width, height, w, h, rule) => {
      const picture = { width, height };
      const requested = normalizeSize({ width: w, height: h }, rule);
      assertEquals(searchBox(picture, requested, rule), searchAll(picture, requested, rule));
    }),
    { numRuns: 150 },
  );
});

Deno.test("a search takes no noticeable time, also where every pixel counts", () => {
  const start = performance.now();
  for (let index = 0; index < 50; index++) {
    searchBox({ width: 3000 + index, height: 500 }, { width: 1920, height: 1080 }, HORSE);
    searchBox({ width: 997, height: 1501 + index }, { width: 832, height: 480 }, WAN);
  }
  const each = (performance.now() - start) / 100;
  assert(each < 5, `${each} ms`);
});

Deno.test("a picture that fits no box is cut to sides the model can make", () => {
  assertEquals(cutSize({ width: 832, height: 139 }, WAN), { width: 832, height: 480 });
  assertEquals(cutSize({ width: 1024, height: 1087 }, LTX), { width: 1024, height: 1088 });
  assertEquals(cutSize({ width: 4000, height: 700 }, LTX), { width: 2048, height: 704 });
});

// The contract's search: every box, width then height, first of equal scores.
function searchAll(picture: Size, requested: Size, rules: SideRules) {
  const { minDimension: min, maxDimension: max, dimensionMultiple: m } = rules;
  const long = Math.min(max, Math.max(min, requested.width, requested.height));
  const off = (side: number) => Math.min(side % m, m - side % m);
  let best: { box: Size; result: Size; exact: boolean; score: number } | undefined;
  const first = Math.ceil(min / m) * m;
  for (let width = first; width <= max; width += m) {
    for (let height = first; height <= max; height += m) {
      const box = { width, height };
      const result = fitInside(picture, box);
      if (result.width < min || result.height < min) continue;
      const exact = isAllowedSize(result, rules);
      const score =
        -1e9 * (Math.abs(width - requested.width) + Math.abs(height - requested.height)) -
        1e8 * Math.abs(Math.max(result.width, result.height) - long) +
        1e3 * result.width * result.height - width * height -
        (exact ? 0 : 1e10 * (off(result.width) + off(result.height)));
      const better = best === undefined || (exact && !best.exact) ||
        (exact === best.exact && score > best.score);
      if (better) best = { box, result, exact, score };
    }
  }
  return best && { box: best.box, result: best.result, exact: best.exact };
}
