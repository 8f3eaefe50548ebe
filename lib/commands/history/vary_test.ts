import { assertEquals } from "@std/assert";
import fc from "fast-check";
import type { Plan } from "../../plan/types.ts";
import { withSeed } from "./vary.ts";

const plan = (...seeds: (number | undefined)[]) =>
  ({
    ...(seeds[0] === undefined ? {} : { seed: seeds[0] }),
    summary: { seed: seeds[0], width: 512 },
    projects: seeds.map((seed) => ({ params: seed === undefined ? {} : { seed }, media: [] })),
  }) as unknown as Plan;
const seedsOf = ({ projects }: Plan) => projects.map(({ params }) => params.seed);

Deno.test("seeds keep their distances, across the end of the numbers too", () => {
  assertEquals(seedsOf(withSeed(plan(10, 11, 10), 100)), [100, 101, 100]);
  assertEquals(seedsOf(withSeed(plan(0xffffffff, 0), 5)), [5, 6]);
  assertEquals(seedsOf(withSeed(plan(5, 6), 0xffffffff)), [0xffffffff, 0]);
});

Deno.test("what has no seed is left as it is, and the record tells the new one", () => {
  const none = plan(undefined);
  assertEquals(withSeed(none, 7), none);
  const { summary, seed } = withSeed(plan(3), 7);
  assertEquals([seed, summary], [7, { seed: 7, width: 512, seedStrategy: "random" }]);
});

Deno.test("every seed stays a seed", () => {
  const seed = fc.integer({ min: 0, max: 0xffffffff });
  fc.assert(fc.property(fc.array(seed, { minLength: 1 }), seed, (seeds, next) => {
    for (const each of seedsOf(withSeed(plan(...seeds), next))) {
      assertEquals(each !== undefined && each >= 0 && each <= 0xffffffff, true);
    }
  }));
});
