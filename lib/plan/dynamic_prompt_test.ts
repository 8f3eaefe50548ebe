import { assertEquals } from "@std/assert";
import { expandPrompts, hasVariations } from "./dynamic_prompt.ts";

const ROWS: readonly [string, number, string[] | undefined][] = [
  ["a {red|blue|green} bicycle", 3, ["a red bicycle", "a blue bicycle", "a green bicycle"]],
  ["a {fox|owl} in a {forest|library}", 4, [
    "a fox in a forest",
    "a owl in a library",
    "a fox in a forest",
    "a owl in a library",
  ]],
  ["{a|b} {1|2|3}", 4, ["a 1", "b 2", "a 3", "b 1"]],
  ["{ a | b }", 2, ["a", "b"]],
  ["x{a|}y", 2, ["xay", "xy"]],
  ["{|}", 2, ["", ""]],
  ["{only}", 2, ["only", "only"]],
  ["{a|{b}", 2, ["a", "{b"]],
  ["{a|b}}", 2, ["a}", "b}"]],
  ["$& {a|b} $1", 2, ["$& a $1", "$& b $1"]],
  ["{a\n|b}", 2, ["a", "b"]],
  ["{a|b}", 1, undefined],
  ["{}", 3, undefined],
  ["plain", 3, undefined],
  ["{open", 3, undefined],
];
for (const [prompt, count, expected] of ROWS) {
  Deno.test(`${JSON.stringify(prompt)} for ${count}`, () => {
    assertEquals(expandPrompts(prompt, count), expected);
  });
}

Deno.test("a group needs something inside", () => {
  assertEquals(hasVariations("{}"), false);
  assertEquals(hasVariations("{} {x}"), true);
});
