import { assertEquals, assertThrows } from "@std/assert";
import { AppError } from "../errors/app_error.ts";
import { checkLoras } from "./loras.ts";
import type { Medium } from "./types.ts";

const REFUSED: readonly [string, string[], number[], Medium, string][] = [
  ["a strength without a LoRA", [], [1], "image", "needs a --lora"],
  ["fewer strengths than LoRAs", ["a", "b"], [1], "image", "1 times for 2"],
  ["more strengths than LoRAs", ["a"], [1, 2], "image", "2 times for 1"],
  ["a LoRA with video", ["a"], [], "video", "--video"],
  ["a LoRA with music", ["a"], [1], "music", "--music"],
  ["an empty LoRA", ["a", ""], [], "image", 'got ""'],
  ["a blank LoRA", [" "], [1], "image", 'got " "'],
  ["nine LoRAs", [..."abcdefghi"], [], "image", "limit is 8"],
];
for (const [name, loras, loraStrengths, medium, message] of REFUSED) {
  Deno.test(`${name} is refused`, () => {
    const error = assertThrows(
      () => checkLoras({ loras, loraStrengths }, medium),
      AppError,
      message,
    );
    assertEquals(error.code, "INVALID_ARGUMENT");
    assertEquals(error.details?.["loras"], loras);
    assertEquals(error.details?.["loraStrengths"], loraStrengths);
  });
}

Deno.test("LoRAs without strengths, with as many strengths, and none at all pass", () => {
  for (
    const choice of [
      { loras: [], loraStrengths: [] },
      { loras: ["a", "b"], loraStrengths: [] },
      { loras: ["a", "b"], loraStrengths: [0.5, -1] },
      { loras: [..."abcdefgh"], loraStrengths: [] },
    ]
  ) assertEquals(checkLoras(choice, "image"), choice);
});
