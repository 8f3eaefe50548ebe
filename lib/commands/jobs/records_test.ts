import { assertEquals } from "@std/assert";
import { AppError } from "../../errors/app_error.ts";
import type { Plan } from "../../plan/types.ts";
import { planGeneration } from "../../plan/plan.ts";
import type { ProjectRecord } from "../../service/types.ts";
import { planInput } from "../../../tests/support/plan_input.ts";
import { billOf, lookUpJob, LOST_AFTER_MS, outcomeOf } from "./records.ts";
import { jobOf, recordsOf } from "./testing.ts";

const NOW = 1_000_000_000;
const running: ProjectRecord = { status: "running", outputs: [], billed: null };
const unknown: ProjectRecord = { status: "unknown", outputs: [], billed: null };
const made = (count: number, billed: number | null = 1): ProjectRecord => ({
  status: "completed",
  outputs: Array.from(
    { length: count },
    (_, index) => ({ index, jobId: `J${index}`, seed: index, status: "completed" }),
  ),
  billed,
});
const failed: ProjectRecord = {
  status: "failed",
  outputs: [],
  billed: null,
  error: new AppError("PROJECT_FAILED", "broken"),
};

const ENDED: [name: string, records: ProjectRecord[], age: number, ended: boolean][] = [
  ["all made", [made(1), made(1)], 0, true],
  ["one runs", [made(1), running], 1e9, false],
  ["failed and cancelled", [failed, { ...failed, status: "cancelled" }], 0, true],
  ["not known yet", [unknown], LOST_AFTER_MS - 1, false],
  ["not known for long", [unknown], LOST_AFTER_MS + 1, true],
  ["one made, one not known yet", [made(1), unknown], 0, false],
];
for (const [name, records, age, ended] of ENDED) {
  Deno.test(`whether a job has ended: ${name}`, async () => {
    const job = jobOf({ projectIds: records.map((_, index) => `P${index}`), updatedAt: NOW - age });
    const answer = await lookUpJob(recordsOf(records), job, NOW);
    assertEquals([answer.ended, answer.records], [ended, records]);
  });
}

Deno.test("a project that was never sent is not asked for", async () => {
  const job = jobOf({ projectIds: ["P0", null, "P2"] });
  const answer = await lookUpJob(recordsOf([made(1), running, made(1)]), job, NOW);
  assertEquals([answer.ended, answer.records[1]], [true, undefined]);
});

const BILLS: [records: (ProjectRecord | undefined)[], bill: number | undefined][] = [
  [[made(1, 2), made(1, 3)], 5],
  [[made(1, 2), undefined], 2],
  [[made(1, null)], undefined],
  [[made(1, 2), failed], 2],
  [[unknown], undefined],
  [[{ ...made(1, null), status: "cancelled" }], undefined],
];
for (const [records, bill] of BILLS) {
  Deno.test(`the bill of ${JSON.stringify(records.map((record) => record?.status))}: ${bill}`, () => {
    assertEquals(billOf({ records, ended: true }), bill);
  });
}

Deno.test("outputs stand at their place, with fresh addresses, and what is missing says why", async () => {
  const plan: Plan = planGeneration(planInput({ count: 2 }));
  const [project] = plan.projects;
  const three = { ...plan, projects: project ? [project, project, project] : [] };
  const job = jobOf({ plan: JSON.stringify(three), projectIds: ["P0", "P1"] });
  const withheld = { ...made(1), outputs: [{ index: 1, jobId: "W", status: "withheld" as const }] };
  const answer = { records: [made(2), withheld], ended: true };
  const { outputs, projectIds } = await outcomeOf(recordsOf([]), job, answer);
  assertEquals(projectIds, ["P0", "P1"]);
  assertEquals(
    outputs.map(({ position, index, status, url }) => [position, index, status, url]),
    [
      [0, 0, "completed", "https://x.test/P0/J0"],
      [1, 1, "completed", "https://x.test/P0/J1"],
      [2, 0, "failed", undefined],
      [3, 1, "withheld", undefined],
      [4, 0, "failed", undefined],
      [5, 1, "failed", undefined],
    ],
  );
  assertEquals(outputs[4]?.error?.message, "This project was never sent.");
});
