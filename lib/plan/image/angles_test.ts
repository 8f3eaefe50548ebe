import { assertEquals, assertThrows } from "@std/assert";
import type { Options } from "../../cli/flags/table.ts";
import { AppError } from "../../errors/app_error.ts";
import { anglePrompt, chooseAngles } from "./angles.ts";
import { angleFile, angleFilm, angleOutput } from "./angle_files.ts";

Deno.test("a position that is not known names field, value and what is allowed", () => {
  const options: unknown = { elevation: "under water" };
  const error = assertThrows(() => chooseAngles(asOptions(options)), AppError, "--elevation");
  assertEquals(error.details, {
    field: "elevation",
    value: "under water",
    allowed: ["low-angle", "eye-level", "elevated", "high-angle"],
  });
});

Deno.test("variants are read as the position that they mean", () => {
  const options: unknown = { azimuth: "Front_Right Quarter", distance: "close up" };
  const [angle] = chooseAngles(asOptions(options));
  assertEquals(angle?.azimuth.key, "front-right");
  assertEquals(angle?.distance.key, "close-up");
  assertEquals(
    angle && anglePrompt(angle, "x"),
    "<sks> front-right quarter view eye-level shot close-up x",
  );
});

const FILES: readonly [string, string, number, number, string][] = [
  ["out", "front", 0, 1, "out/front.jpg"],
  ["out/", "front", 0, 1, "out/front.jpg"],
  ["out/mug.jpg", "front-left", 0, 1, "out/mug-front-left.jpg"],
  ["mug.png", "back", 1, 2, "mug-back-2.jpg"],
  ["C:\\out\\", "back", 0, 2, "C:\\out\\back-1.jpg"],
  ["v1.2", "back", 0, 1, "v1.2/back.jpg"],
];
for (const [output, azimuth, index, count, path] of FILES) {
  Deno.test(`${azimuth} ${index + 1}/${count} under ${output} is ${path}`, () => {
    assertEquals(angleFile(output, azimuth, "jpg", index, count), path);
  });
}

Deno.test("an output is a folder or a prefix", () => {
  assertEquals(angleOutput("a/b.png"), { folder: "a/", prefix: "b" });
  assertEquals(angleOutput("a/b"), { folder: "a/b/", prefix: "" });
});

Deno.test("without --output the film lies in the working directory", () => {
  assertEquals(angleFilm(true, undefined), "angles-360.mp4");
});

/** Values that the command line would have refused, as another caller might hand them over. */
function asOptions(value: unknown): Options {
  return value as Options;
}
