import { assert, assertEquals } from "@std/assert";
import { limitPayload } from "./limit_payload.ts";

Deno.test("what is small stays as it is", () => {
  const values = [null, 1, "x", [], {}, { message: "no", list: [1, { a: true }], n: null }];
  for (const value of values) assertEquals(limitPayload(value), value);
});

Deno.test("long texts and lists are cut and say so", () => {
  assertEquals(limitPayload("x".repeat(5000)), `${"x".repeat(2000)}…`);
  const list = limitPayload(Array(1000).fill(1)) as unknown[];
  assertEquals([list.length, list.at(-1)], [51, "…"]);
  const object = limitPayload(Object.fromEntries(Array.from({ length: 99 }, (_, i) => [i, i])));
  assertEquals(Object.keys(object as object).length, 51);
});

Deno.test("however an answer is large, little of it is left", () => {
  let deep: unknown = "end";
  for (let level = 0; level < 5000; level++) deep = { deep };
  const wide = (depth: number): unknown =>
    depth === 0 ? "y".repeat(3000) : Array.from({ length: 60 }, () => wide(depth - 1));
  const values = [deep, wide(2), { ["k".repeat(1e6)]: 1 }, Array(1e5).fill({ a: "b".repeat(99) })];
  for (const value of values) {
    const size = JSON.stringify(limitPayload(value)).length;
    assert(size < 40_000, String(size));
  }
});
