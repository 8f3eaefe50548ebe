import { assertEquals, assertNotEquals } from "@std/assert";
import { planInput } from "../../../tests/support/plan_input.ts";
import { planGeneration } from "../../plan/plan.ts";
import type { Options } from "../../cli/flags/table.ts";
import { planHash, stableJson } from "./plan_hash.ts";

const hashOf = (options: Options, prompt = "a lighthouse", random = 1) =>
  planHash(planGeneration(planInput(options, { prompt, randomSeed: random })));

Deno.test("the same work has the same hash, whatever is said or waited for", () => {
  const same: Options[] = [{}, { timeout: 900 }, { output: "folder/" }, { quiet: true }];
  assertEquals(new Set(same.map((options) => hashOf(options))).size, 1);
});

Deno.test("other work has another hash", () => {
  const hashes = [
    hashOf({}),
    hashOf({}, "a lighthouse."),
    hashOf({ seed: 7 }),
    hashOf({ count: 2 }),
    hashOf({ width: 640, height: 1024 }),
    hashOf({ tokenType: "sogni" }),
    hashOf({ seedStrategy: "random" }, "a lighthouse", 1),
    hashOf({ seedStrategy: "random" }, "a lighthouse", 2),
    hashOf({ music: true }),
    hashOf({ video: true }),
  ];
  assertEquals(new Set(hashes).size, hashes.length);
});

Deno.test("a reference with another content makes other work", () => {
  const plan = planGeneration(planInput({ context: ["a.png"] }));
  assertNotEquals(planHash(plan, { "a.png": "1:2" }), planHash(plan, { "a.png": "1:3" }));
  assertEquals(planHash(plan, { "a.png": "1:2" }), planHash(plan, { "a.png": "1:2" }));
});

Deno.test("the order of properties does not count, that of lists does", () => {
  assertEquals(stableJson({ b: 1, a: { d: [2, 1], c: null } }), '{"a":{"c":null,"d":[2,1]},"b":1}');
  assertNotEquals(stableJson([1, 2]), stableJson([2, 1]));
});
