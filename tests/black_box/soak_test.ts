import { assertEquals } from "@std/assert";
import { soak } from "../support/soak.ts";

Deno.test("a dozen runs with random troubles: nothing is lost, paid twice or left lying about", async () => {
  const report = await soak({ runs: 12, parallel: 2, seed: 7 });
  const { lost, paidTwice, leftFiles, leftProcesses, mute, late } = report;
  assertEquals({ lost, paidTwice, leftFiles, leftProcesses, mute, late }, {
    lost: [],
    paidTwice: [],
    leftFiles: [],
    leftProcesses: [],
    mute: [],
    late: [],
  });
  assertEquals(report.made > 0, true);
});
