import { assertEquals } from "@std/assert";
import { AppError } from "../../errors/app_error.ts";
import type { ProjectRecord } from "../../service/types.ts";
import { lookOnceMore } from "./last_look.ts";
import type { RunOutcome, RunOutput } from "./run_plan.ts";

const late = new AppError("PROJECT_TIMEOUT", "late");
const output = (index: number, facts: Partial<RunOutput> = {}) =>
  ({
    ...{ index, position: index, projectId: "P", jobId: "", status: "failed", error: late },
    project: { params: { type: "image" } },
    ...facts,
  }) as RunOutput;
const outcomeOf = (outputs: RunOutput[], cancelled = true): RunOutcome => ({
  outputs,
  projectIds: ["P"],
  stopped: { kind: "timeout", cancelled },
});
const record = (status: ProjectRecord["status"], ...made: number[]): ProjectRecord => ({
  status,
  outputs: made.map((index) => ({ index, status: "completed", jobId: `J${index}`, seed: 7 })),
  billed: null,
});
const service = (answer: () => Promise<ProjectRecord>) => ({
  lookUp: answer,
  resultUrl: (_: string, jobId: string) => Promise.resolve(`https://x.test/${jobId}`),
});
const told = ({ outputs }: RunOutcome) => outputs.map(({ status, url }) => [status, url ?? null]);

Deno.test("results that were finished unheard are had all the same", async () => {
  const heard = output(0, { status: "completed", url: "https://x.test/heard" });
  const given = outcomeOf([heard, output(1), output(2), output(3, { projectId: "" })]);
  const look = await lookOnceMore(
    service(() => Promise.resolve(record("cancelled", 0, 1))),
    given,
  );
  assertEquals(look.certain, true);
  assertEquals(told(look.outcome), [
    ["completed", "https://x.test/heard"],
    ["completed", "https://x.test/J1"],
    ["failed", null],
    ["failed", null],
  ]);
  assertEquals([look.outcome.outputs[1]?.seed, look.outcome.outputs[1]?.error], [7, undefined]);
});

const UNCERTAIN: Record<string, () => Promise<ProjectRecord>> = {
  "that still runs": () => Promise.resolve(record("running")),
  "that cannot be had": () => Promise.reject(new Error("down")),
  "that never comes": () => new Promise(() => {}),
};
for (const [name, answer] of Object.entries(UNCERTAIN)) {
  Deno.test(`a record ${name} leaves the job to a later run`, async () => {
    const given = outcomeOf([output(0)]);
    assertEquals(await lookOnceMore(service(answer), given, 10), {
      outcome: given,
      certain: false,
    });
  });
}

Deno.test("nobody is asked when nothing is missing, or nothing was cancelled", async () => {
  const never = service(() => Promise.reject(new Error("asked")));
  const whole = outcomeOf([output(0, { status: "completed" })]);
  assertEquals((await lookOnceMore(never, whole)).certain, true);
  assertEquals((await lookOnceMore(never, outcomeOf([output(0)], false))).certain, true);
  assertEquals((await lookOnceMore(never, { outputs: [output(0)], projectIds: [] })).certain, true);
});

Deno.test("a project that the service does not know was never made", async () => {
  const given = outcomeOf([output(0)]);
  const look = await lookOnceMore(service(() => Promise.resolve(record("unknown"))), given);
  assertEquals(look, { outcome: given, certain: true });
});
