import { assertEquals } from "@std/assert";
import { IMAGE_BRANCHES } from "./image_branches.ts";
import { findModel } from "./models.ts";
import { IMAGE_PRESETS } from "./presets.ts";

const ROWS: readonly [string, string | undefined, string | undefined][] = [
  ["gptimage2", "image", "gpt-image-2"],
  ["flux2_dev_fp8", "image", "flux2_dev_fp8"],
  ["seedance2", "video", "seedance-2-0"],
  ["ltx23-i2v", "video", "ltx23-22b-fp8_i2v_distilled"],
  ["turbo", "music", "ace_step_1.5_xl_turbo"],
  ["ace-step-1.5-sft", "music", "ace_step_1.5_sft"],
  ["unheard-of", undefined, undefined],
];
for (const [selector, medium, id] of ROWS) {
  Deno.test(`${selector} is ${id} for ${medium}`, () => {
    const found = findModel(selector);
    assertEquals(found?.medium, medium);
    assertEquals(found?.model.id, id);
  });
}

Deno.test("presets and branches name listed image models", () => {
  for (const { model } of [...Object.values(IMAGE_PRESETS), ...Object.values(IMAGE_BRANCHES)]) {
    assertEquals(findModel(model)?.medium, "image", model);
  }
});
