import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { contrast, mix, ramp, rgb } from "./colour.ts";

Deno.test("colours are read from hex", () => {
  assertEquals(rgb("#ff8001"), [255, 128, 1]);
});

Deno.test("a mix begins and ends with its colours", () => {
  const [from, to] = [rgb("#123456"), rgb("#fedcba")];
  for (const [t, colour] of [[0, from], [1, to]] as const) {
    mix(from, to, t).forEach((value, i) => assertAlmostEquals(value, colour[i] ?? NaN, 0.01));
  }
});

Deno.test("the middle of black and white looks half as light", () => {
  const [red, green, blue] = mix([0, 0, 0], [255, 255, 255], 0.5);
  assertAlmostEquals(red, green, 0.1);
  assertAlmostEquals(green, blue, 0.1);
  assert(red > 90 && red < 110);
});

Deno.test("ramps hold their ends and pass their stops", () => {
  const stops = [rgb("#000000"), rgb("#ff0000"), rgb("#ffffff")];
  assertAlmostEquals(ramp(stops, -1)[0], 0, 0.01);
  assertAlmostEquals(ramp(stops, 0.5)[0], 255, 0.01);
  assertAlmostEquals(ramp(stops, 2)[2], 255, 0.01);
  assertEquals(ramp([rgb("#010203")], 0.7), [1, 2, 3]);
});

Deno.test("contrast runs from 1 to 21", () => {
  assertAlmostEquals(contrast([0, 0, 0], [255, 255, 255]), 21, 0.01);
  assertEquals(contrast([9, 9, 9], [9, 9, 9]), 1);
});
