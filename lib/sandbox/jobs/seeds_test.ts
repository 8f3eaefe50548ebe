import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { outputSeed } from "./seeds.ts";

Deno.test("the first output has the seed asked for, the others follow from it", () => {
  assertEquals(outputSeed(42, "A", 0), 42);
  assertEquals(outputSeed(0, "A", 0), 0);
  assertEquals(outputSeed(42, "A", 1), outputSeed(42, "B", 1));
  const seeds = Array.from({ length: 64 }, (_, index) => outputSeed(42, "A", index));
  assertEquals(new Set(seeds).size, 64);
  assert(seeds.every((seed) => Number.isInteger(seed) && seed >= 0 && seed <= 0xffffffff));
});

Deno.test("without one the project decides", () => {
  assertEquals(outputSeed(undefined, "A", 0), outputSeed(undefined, "A", 0));
  assertNotEquals(outputSeed(undefined, "A", 0), outputSeed(undefined, "B", 0));
});
