import { assertEquals } from "@std/assert";
import { angleKeys, ANGLES, DEFAULT_ANGLE, findAngle } from "./angles.ts";
import type { AngleField } from "./angles.ts";

const ROWS: readonly [AngleField, string, string | undefined][] = [
  ["azimuth", "front", "front view"],
  ["azimuth", "FRONT-RIGHT", "front-right quarter view"],
  ["azimuth", "front_right", "front-right quarter view"],
  ["azimuth", "front-right quarter", "front-right quarter view"],
  ["azimuth", "back-left-quarter", "back-left quarter view"],
  ["azimuth", "right", "right side view"],
  ["azimuth", "back", "back view"],
  ["azimuth", "up", undefined],
  ["elevation", "low angle", "low-angle shot"],
  ["elevation", "eye_level", "eye-level shot"],
  ["elevation", "elevated", "elevated shot"],
  ["elevation", "High Angle", "high-angle shot"],
  ["elevation", "close-up", undefined],
  ["distance", "close up", "close-up"],
  ["distance", "medium shot", "medium shot"],
  ["distance", "wide shot", "wide shot"],
  ["distance", "far", undefined],
];
for (const [field, text, phrase] of ROWS) {
  Deno.test(`${field} "${text}" is ${phrase}`, () => {
    assertEquals(findAngle(field, text)?.phrase, phrase);
  });
}

Deno.test("a full turn goes clockwise from the front", () => {
  assertEquals(angleKeys("azimuth"), [
    "front",
    "front-right",
    "right",
    "back-right",
    "back",
    "back-left",
    "left",
    "front-left",
  ]);
});

Deno.test("each default is a known position", () => {
  for (const field of ["azimuth", "elevation", "distance"] as const) {
    assertEquals(ANGLES[field].some(({ key }) => key === DEFAULT_ANGLE[field]), true);
  }
});
