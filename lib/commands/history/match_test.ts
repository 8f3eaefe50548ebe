import { assertEquals } from "@std/assert";
import { matches, type Searched } from "./match.ts";

const JOB: Searched = {
  id: "0mabc1",
  prompt: "A red Fox, 1987",
  model: "z_image_turbo_bf16",
  medium: "image",
  files: [{ position: 0, path: "/work/den.png" }],
  createdAt: Date.UTC(2026, 10, 23, 1),
};

for (
  const [words, expected] of [
    [[], true],
    [["fox"], true],
    [["FOX", "red"], true],
    [["red fox"], true],
    [["fox", "blue"], false],
    [["z_image"], true],
    [["image"], true],
    [["den.png"], true],
    [["0mabc"], true],
    [["2026"], true],
    [["2026-11"], true],
    [["2026-11-23"], true],
    [["2026-11-22"], false],
    [["1987"], true],
    [["1988"], false],
    [["2026-11-23", "fox"], true],
    [[""], true],
  ] as [string[], boolean][]
) {
  Deno.test(`${JSON.stringify(words)} ${expected ? "finds" : "does not find"} the render`, () => {
    assertEquals(matches(JOB, words), expected);
  });
}
