import { assertEquals } from "@std/assert";
import { MAX_TIMER_MS, timerMs } from "./timer_limit.ts";

Deno.test("seconds become milliseconds that a timer can keep", () => {
  assertEquals([0.5, 30, 2_147_483].map(timerMs), [500, 30_000, 2_147_483_000]);
  assertEquals([2_147_484, 3_000_000, 1e12].map(timerMs), Array(3).fill(MAX_TIMER_MS));
});
