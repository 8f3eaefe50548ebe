import { assertEquals, assertThrows } from "@std/assert";
import type { Options } from "../cli/flags/table.ts";
import { AppError } from "../errors/app_error.ts";
import { chooseOutputFormat, mediaEnding } from "./output_format.ts";
import type { Medium } from "./types.ts";

const CHOSEN: readonly [Medium, Options, string | undefined][] = [
  ["image", {}, undefined],
  ["image", { outputFormat: "png" }, "png"],
  ["image", { outputFormat: "webp" }, "webp"],
  ["image", { output: "x.jpg" }, "jpg"],
  ["image", { output: "x.JPEG" }, "jpg"],
  ["image", { output: "a.b/x.png" }, "png"],
  ["image", { output: "folder.png/" }, undefined],
  ["image", { output: "photo.v2" }, undefined],
  ["image", { output: ".png" }, undefined],
  ["image", { output: "name" }, undefined],
  ["image", { output: "x.jpg", outputFormat: "jpg" }, "jpg"],
  ["image", { output: "C:\\a.mp4\\x.jpg" }, "jpg"],
  ["video", { output: "clip.mp4" }, "mp4"],
  ["video", {}, undefined],
  ["music", { output: "song.flac" }, "flac"],
  ["music", { outputFormat: "wav" }, "wav"],
];
for (const [medium, options, expected] of CHOSEN) {
  Deno.test(`format of ${medium} with ${JSON.stringify(options)} is ${expected}`, () => {
    assertEquals(chooseOutputFormat(options, medium), expected);
  });
}

const REFUSED: readonly [Medium, Options, string, string][] = [
  ["image", { outputFormat: "mp4" }, "--output-format", "mp4"],
  ["video", { outputFormat: "png" }, "--output-format", "png"],
  ["music", { outputFormat: "mp4" }, "--output-format", "mp4"],
  ["image", { output: "x.mp4" }, "--output", "mp4"],
  ["image", { output: "x.gif" }, "--output", "gif"],
  ["video", { output: "x.mov" }, "--output", "mov"],
  ["music", { output: "x.m4a" }, "--output", "m4a"],
  ["image", { output: "x.png", outputFormat: "jpg" }, "--output", "jpg"],
];
for (const [medium, options, flag, format] of REFUSED) {
  Deno.test(`${JSON.stringify(options)} is refused for ${medium}`, () => {
    const error = assertThrows(() => chooseOutputFormat(options, medium), AppError, flag);
    assertEquals(error.code, "INVALID_ARGUMENT");
    assertEquals(error.details?.["flag"], flag);
    assertEquals(error.details?.["outputFormat"], format);
    assertEquals(typeof error.hint, "string");
  });
}

Deno.test("the film of a full turn may be named by --output", () => {
  assertEquals(chooseOutputFormat({ output: "turn.mp4" }, "image", true), undefined);
  assertEquals(chooseOutputFormat({ output: "turn.png" }, "image", true), "png");
});

Deno.test("only endings of media files count", () => {
  assertEquals(mediaEnding("a/b.c/d"), undefined);
  assertEquals(mediaEnding("a.txt"), undefined);
  assertEquals(mediaEnding("a.WebP"), "webp");
});
