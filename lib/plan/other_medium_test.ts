import { assertEquals, assertThrows } from "@std/assert";
import { AppError } from "../errors/app_error.ts";
import { refuseOtherMedium } from "./other_medium.ts";
import type { Medium } from "./types.ts";

const REFUSED: readonly [string, Medium, message: string, hint: string][] = [
  ["wan22", "image", "--model wan22 makes video, not images.", "Use --video, or"],
  ["ace_step_1.5_xl_turbo", "image", "makes music, not images", "Use --music, or"],
  ["gpt-image", "video", "--model gpt-image makes images, not video.", "Leave --video out, or"],
  ["ace_step_1.5_sft", "video", "makes music, not video", "Use --music, or"],
];
for (const [selector, wanted, message, hint] of REFUSED) {
  Deno.test(`${selector} is refused for ${wanted}`, () => {
    const error = assertThrows(
      () => refuseOtherMedium("--model", selector, wanted),
      AppError,
      message,
    );
    assertEquals([error.code, error.details?.flag], ["INVALID_ARGUMENT", "--model"]);
    assertEquals(error.hint?.startsWith(hint), true, error.hint);
  });
}

Deno.test("fitting models, short music names and unknown ids pass", () => {
  const rows: [string, Medium][] = [
    ["wan22", "video"],
    ["z_image_turbo_bf16", "image"],
    ["fast", "image"],
    ["turbo", "video"],
    ["never-heard-of", "video"],
  ];
  for (const [selector, wanted] of rows) refuseOtherMedium("--model", selector, wanted);
});
