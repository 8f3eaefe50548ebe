import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { between, hashText, pick, randomFrom, smoothNoise } from "./random.ts";

Deno.test("the hash is FNV-1a", () => {
  assertEquals(hashText(""), 0x811c9dc5);
  assertEquals(hashText("a"), 0xe40c292c);
});

Deno.test("the same text gives the same numbers, other text others", () => {
  const numbers = (text: string) => Array.from({ length: 4 }, randomFrom(text));
  assertEquals(numbers("1\na"), numbers("1\na"));
  assert(numbers("1\na")[0] !== numbers("2\na")[0]);
});

Deno.test("numbers are spread evenly from 0 to 1", () => {
  const random = randomFrom("spread");
  const counts = new Array(10).fill(0);
  for (let i = 0; i < 5000; i++) counts[Math.floor(random() * 10)]++;
  assertEquals(counts.length, 10);
  for (const count of counts) assert(count > 420 && count < 580, `${counts}`);
});

Deno.test("between and pick stay in range", () => {
  const random = randomFrom("x");
  for (let i = 0; i < 200; i++) {
    const value = between(random, -3, 5);
    assert(value >= -3 && value < 5);
    assert([1, 2, 3].includes(pick(random, [1, 2, 3])));
  }
});

Deno.test("noise is continuous and stays between -1 and 1", () => {
  const noise = smoothNoise(randomFrom("n"));
  for (let x = -5; x < 70; x += 0.01) {
    assert(Math.abs(noise(x)) <= 1);
    assertAlmostEquals(noise(x), noise(x + 0.001), 0.01);
  }
});
