import { assertEquals, assertThrows } from "@std/assert";
import { planInput } from "../../tests/support/plan_input.ts";
import { AppError } from "../errors/app_error.ts";
import { chooseCount, createShared } from "./shared.ts";

const COUNTS: readonly [number | undefined, number | undefined, number, number][] = [
  [undefined, undefined, 16, 1],
  [3, undefined, 16, 3],
  [16, undefined, 16, 16],
  [undefined, 4, 16, 4],
  [2, 4, 16, 2],
  [undefined, 40, 16, 16],
  [undefined, 0, 16, 1],
  [undefined, 2.7, 16, 2],
  [20, undefined, 32, 20],
];
for (const [asked, configured, maxCount, expected] of COUNTS) {
  Deno.test(`count ${asked}, configured ${configured}, cap ${maxCount}`, () => {
    const input = planInput(asked === undefined ? {} : { count: asked }, {
      maxCount,
      config: configured === undefined ? {} : { defaultCount: configured },
    });
    assertEquals(chooseCount(input), expected);
  });
}

Deno.test("a count above the cap names the variable that would allow it", () => {
  const error = assertThrows(() => chooseCount(planInput({ count: 17 })), AppError);
  assertEquals(error.code, "COUNT_LIMIT_EXCEEDED");
  assertEquals(error.details, { flag: "--count", value: 17, max: 16 });
  assertEquals(error.hint?.includes("SOGNI_MAX_COUNT=17"), true);
});

Deno.test("notes come in the order in which they arise, seed warnings survive --quiet", () => {
  const shared = createShared(planInput({ tokenType: "sogni", lastSeed: true }), {
    medium: "image",
  });
  shared.addNote("note", "first");
  assertEquals(shared.token("gpt-image-2", true).tokenType, "spark");
  const { seed } = shared.seed({ prompt: "p" });
  assertEquals(shared.notes.map(({ level }) => level), ["note", "note", "important", "note"]);
  assertEquals(shared.notes[2]?.text.startsWith("Warning: --last-seed"), true);
  assertEquals(shared.notes[3]?.text, `Using prompt-hash seed: ${seed}`);
});

Deno.test("network and filter follow configuration and flag", () => {
  const plain = createShared(planInput(), { medium: "image" });
  assertEquals([plain.network, plain.noFilter], ["fast", false]);
  const set = createShared(
    planInput({ noFilter: true }, { config: { defaultNetwork: "relaxed" } }),
    { medium: "image" },
  );
  assertEquals([set.network, set.noFilter], ["relaxed", true]);
});
