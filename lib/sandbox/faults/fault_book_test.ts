import { assertEquals } from "@std/assert";
import { createFaultBook, type Occasion } from "./fault_book.ts";
import type { FaultRule } from "./script.ts";

Deno.test("a rule strikes where all that it names fits", () => {
  const table: [FaultRule, Occasion, boolean][] = [
    [{ fault: "duplicate" }, {}, true],
    [{ fault: "duplicate", prompt: "CAT" }, { prompt: "a cat" }, true],
    [{ fault: "duplicate", prompt: "cat" }, { prompt: "a dog" }, false],
    [{ fault: "duplicate", prompt: "cat" }, {}, false],
    [{ fault: "duplicate", job: 2 }, { job: 2 }, true],
    [{ fault: "duplicate", job: 2 }, { job: 1 }, false],
    [{ fault: "duplicate", output: 0 }, { output: 0 }, true],
    [{ fault: "duplicate", output: 0 }, {}, false],
    [{ fault: "stall" }, { phase: "started" }, true],
    [{ fault: "stall" }, { phase: "queued" }, false],
    [{ fault: "stall", phase: "queued" }, { phase: "queued" }, true],
    [{ fault: "dropSocket" }, { phase: "progress" }, true],
    [{ fault: "rest", path: "/v1/projects" }, { path: "/v1/projects/A" }, true],
    [{ fault: "rest", path: "/v2" }, { path: "/v1/projects/A" }, false],
    [{ fault: "rest", method: "put" }, { method: "PUT", path: "/" }, true],
    [{ fault: "rest", method: "PUT" }, { method: "GET", path: "/" }, false],
  ];
  for (const [rule, occasion, strikes] of table) {
    const struck = createFaultBook([rule]).strike(rule.fault, occasion);
    assertEquals(struck !== undefined, strikes, JSON.stringify([rule, occasion]));
  }
});

Deno.test("a rule strikes as often as it may", () => {
  const count = (rule: FaultRule) => {
    const book = createFaultBook([rule]);
    let strikes = 0;
    while (strikes < 5 && book.strike(rule.fault, { phase: "progress" })) strikes++;
    return strikes;
  };
  assertEquals(count({ fault: "duplicate", times: 2 }), 2);
  assertEquals(count({ fault: "duplicate" }), 5);
  assertEquals(count({ fault: "dropSocket" }), 1);
  assertEquals(count({ fault: "dropSocket", times: 3 }), 3);
  assertEquals(count({ fault: "duplicate", times: 0 }), 0);
});

Deno.test("inline rules come first, added ones last, and all can be forgotten", () => {
  const book = createFaultBook([{ fault: "slow", factor: 2 }]);
  book.add({ fault: "slow", factor: 3 });
  const inline: FaultRule[] = [{ fault: "slow", factor: 1, times: 1 }];
  assertEquals(book.strike("slow", { inline })?.factor, 1);
  assertEquals(book.strike("slow", { inline })?.factor, 2);
  book.clear();
  assertEquals(book.strike("slow", {}), undefined);
});
