import { assert, assertEquals } from "@std/assert";
import { findMusicModel, MUSIC_MODELS } from "./music_models.ts";

const ROWS: readonly [string, string | undefined][] = [
  ["turbo", "ace_step_1.5_xl_turbo"],
  ["speed", "ace_step_1.5_xl_turbo"],
  ["fast", "ace_step_1.5_xl_turbo"],
  ["sft", "ace_step_1.5_xl_sft"],
  ["lyrics", "ace_step_1.5_xl_sft"],
  ["Lyric", "ace_step_1.5_xl_sft"],
  ["ace_step_1.5_turbo", "ace_step_1.5_turbo"],
  ["ace-step-1.5-xl-sft", "ace_step_1.5_xl_sft"],
  ["ACE_STEP-1.5_SFT", "ace_step_1.5_sft"],
  ["slow", undefined],
  ["", undefined],
];
for (const [selector, id] of ROWS) {
  Deno.test(`music model "${selector}" is ${id}`, () => {
    assertEquals(findMusicModel(selector)?.id, id);
  });
}

Deno.test("defaults lie in their ranges", () => {
  for (const { steps, guidance, shift } of MUSIC_MODELS) {
    for (const range of [steps, shift, ...guidance ? [guidance] : []]) {
      assert(range.default >= range.min && range.default <= range.max);
    }
  }
});
