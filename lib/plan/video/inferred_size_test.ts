import { assertAlmostEquals, assertEquals } from "@std/assert";
import { inferSize } from "./inferred_size.ts";

Deno.test("an exact size in a prompt", () => {
  const rows: [string, [number, number] | undefined][] = [
    ["a fox, 1280x720", [1280, 720]],
    ["a fox at 1280 x 720", [1280, 720]],
    ["a fox 640×480", [640, 480]],
    ["1280 by 720 px", [1280, 720]],
    ["64px x 48px icon", [64, 48]],
    ["width 1280 and height 720", [1280, 720]],
    ["height: 1920, width: 1080", [1080, 1920]],
    ["720p portrait", [720, 1280]],
    ["vertical video in 1080p", [1080, 1920]],
    ["4K landscape", [3840, 2160]],
    ["480p widescreen", [854, 480]],
    ["1440p for TikTok", [1440, 2560]],
    ["8k landscape", [7680, 4320]],
    ["1080p shorts", [1080, 1920]],
    ["2160p reels", [2160, 3840]],
    ["a 4x3 grid", undefined],
    ["a 150 by 30 feet hall", undefined],
    ["10001x200", undefined],
    ["a fox", undefined],
    ["720p", undefined],
    ["360p portrait", undefined],
    ["16:9", undefined],
  ];
  for (const [prompt, size] of rows) {
    const { exact } = inferSize(prompt);
    assertEquals(exact === undefined ? undefined : [exact.width, exact.height], size, prompt);
  }
});

Deno.test("a target resolution in a prompt", () => {
  const rows: [string, number | undefined][] = [
    ["a fox in 720p", 720],
    ["4K fox", 2160],
    ["8k", 4320],
    ["fox, 540p", 540],
    ["99p", undefined],
    ["4321p", undefined],
    ["a4k b", undefined],
    ["4km walk", undefined],
    ["first 720p then 1080p", 720],
  ];
  for (const [prompt, side] of rows) assertEquals(inferSize(prompt).targetResolution, side, prompt);
});

Deno.test("an aspect ratio in a prompt, told from times of day and time lines", () => {
  const rows: [string, number | undefined][] = [
    ["a 16:9 video", 16 / 9],
    ["9:16 film for a bakery", 9 / 16],
    ["aspect ratio 4:5", 4 / 5],
    ["in 2.39:1 anamorphic", 2.39],
    ["720p 9:16", 9 / 16],
    ["square format 1:1", 1],
    ["21:9 cinematic", 21 / 9],
    ["the match ended 3:2", undefined],
    ["the train leaves at 10:45 in this video", undefined],
    ["9:16 pm video", undefined],
    ["0:00-0:12 video", undefined],
    ["video 1:05", undefined],
    ["frame 4:3 at 12:30", 4 / 3],
  ];
  for (const [prompt, ratio] of rows) {
    const found = inferSize(prompt).aspectRatio;
    if (ratio === undefined || found === undefined) assertEquals(found, ratio, prompt);
    else assertAlmostEquals(found, ratio, 1e-9, prompt);
  }
});

Deno.test("orientation words promise a shape where they cannot be the subject", () => {
  const rows: [string, number | undefined][] = [
    ["portrait video of a fox", 9 / 16],
    ["a vertical clip", 9 / 16],
    ["a fox in portrait", 9 / 16],
    ["a fox, portrait", 9 / 16],
    ["portrait, a fox", 9 / 16],
    ["vertical. a fox", 9 / 16],
    ["make it square", 1],
    ["a fox, square", 1],
    ["a square video", 1],
    ["landscape format", 16 / 9],
    ["a widescreen film", 16 / 9],
    ["orientation: landscape", 16 / 9],
    ["a portrait of a woman", undefined],
    ["a wide landscape with hills", undefined],
    ["Times Square at night", undefined],
    ["a square table", undefined],
    ["vertical cliffs", undefined],
    ["portrait video in 4:5 format", 4 / 5],
  ];
  for (const [prompt, ratio] of rows) {
    assertEquals(inferSize(prompt).aspectRatio, ratio, prompt);
  }
});
