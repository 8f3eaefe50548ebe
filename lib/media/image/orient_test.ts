import { assertEquals, assertStrictEquals } from "@std/assert";
import { createImage } from "./image.ts";
import { applyOrientation } from "./orient.ts";

/** A picture from rows of letters, kept in the red sample. */
function letters(...rows: string[]) {
  const image = createImage(rows[0]?.length ?? 0, rows.length);
  [...rows.join("")].forEach((letter, i) => image.data[i * 4] = letter.charCodeAt(0));
  return image;
}

/** What a camera stores as `abc / def`, shown for each orientation. */
const SHOWN: readonly (readonly [number, string[]])[] = [
  [1, ["abc", "def"]],
  [2, ["cba", "fed"]],
  [3, ["fed", "cba"]],
  [4, ["def", "abc"]],
  [5, ["ad", "be", "cf"]],
  [6, ["da", "eb", "fc"]],
  [7, ["fc", "eb", "da"]],
  [8, ["cf", "be", "ad"]],
];

for (const [orientation, rows] of SHOWN) {
  Deno.test(`orientation ${orientation} shows ${rows.join("/")}`, () => {
    assertEquals(applyOrientation(letters("abc", "def"), orientation), letters(...rows));
  });
}

Deno.test("values that EXIF does not know leave the picture alone", () => {
  const image = letters("ab");
  for (const value of [0, 9, -1, 2.5, NaN]) {
    assertStrictEquals(applyOrientation(image, value), image);
  }
});
