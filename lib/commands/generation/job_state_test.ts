import { assertEquals } from "@std/assert";
import { AppError } from "../../errors/app_error.ts";
import type { JobState } from "../../platform/journal.ts";
import {
  changeAfterRun,
  changeAfterSaving,
  unaddressedError,
  unsettledError,
} from "./job_state.ts";
import type { RunOutcome, RunOutput } from "./run_plan.ts";

const output = (status: RunOutput["status"], error?: AppError, position = 0) =>
  ({ status, position, ...(error ? { error } : {}) }) as RunOutput;
const refused = new AppError("PROJECT_FAILED", "broken", { details: { serviceCode: 5000 } });
const lost = new AppError("PROJECT_FAILED", "gone", { details: { serviceWord: "projectLost" } });
const cut = new AppError("INVALID_API_KEY", "closed", { details: { connectionLost: true } });
const unaddressed = new AppError("DOWNLOAD_FAILED", "no address", {
  details: { serviceCode: 503 },
});
const vague = new AppError("PROJECT_FAILED", "timed out");
const interrupt = { kind: "interrupt", signal: "SIGINT" } as const;

const RUNS: [name: string, outcome: Partial<RunOutcome>, state?: JobState, open?: boolean][] = [
  ["delivered", { outputs: [output("completed"), output("failed", refused)] }],
  ["refused", { outputs: [output("failed", refused)] }, "failed", false],
  ["withheld", { outputs: [output("withheld")] }, "failed", false],
  ["lost sight of", { outputs: [output("failed", lost)] }, "unknown", true],
  ["cut off", { outputs: [output("failed", cut)] }, "unknown", true],
  ["without an address", { outputs: [output("failed", unaddressed)] }, "unknown", true],
  ["no word of the service", { outputs: [output("failed", vague)] }, "unknown", true],
  ["detached", { detached: { acknowledged: true } }, "running", true],
  ["kept", { stopped: { ...interrupt, cancelled: false, kept: true } }, "running", true],
  ["cancelled", { stopped: { ...interrupt, cancelled: true } }, "cancelled", false],
  ["not confirmed", { stopped: { kind: "timeout", cancelled: false } }, "unknown", true],
];
for (const [name, outcome, state, open] of RUNS) {
  Deno.test(`a job after a run: ${name}`, () => {
    const change = changeAfterRun({ outputs: [], projectIds: [], ...outcome });
    assertEquals(change?.state, state);
    if (change) assertEquals([change.open ?? true, change.release ?? false], [open, open]);
  });
}

Deno.test("a job after saving: closed when all is on disk, open as long as something is not", () => {
  const delivered = [output("completed", undefined, 0), output("completed", undefined, 3)];
  const absolute = (path: string) => `/work/${path}`;
  const full = new AppError("OUTPUT_WRITE_FAILED", "full");
  assertEquals(changeAfterSaving(delivered, [{ path: "a.png" }, { path: "b.png" }], absolute), {
    state: "saved",
    open: false,
    files: [{ position: 0, path: "/work/a.png" }, { position: 3, path: "/work/b.png" }],
  });
  assertEquals(changeAfterSaving(delivered, [{ path: "a.png" }, { error: full }], absolute), {
    state: "finished",
    release: true,
    files: [{ position: 0, path: "/work/a.png" }],
    error: { code: "OUTPUT_WRITE_FAILED", message: "full" },
  });
  assertEquals(changeAfterSaving(delivered, [], absolute), {
    state: "finished",
    open: false,
    files: [],
  });
});

Deno.test("a job stays open for outputs that may still come", () => {
  const delivered = [output("completed", undefined, 0)];
  assertEquals(changeAfterSaving(delivered, [{ path: "a.png" }], (path) => path, cut), {
    state: "finished",
    release: true,
    files: [{ position: 0, path: "a.png" }],
    error: { code: "INVALID_API_KEY", message: "closed" },
  });
  const rows: [error: AppError, settled: boolean, addressed: boolean][] = [
    [refused, true, true],
    [lost, false, true],
    [cut, false, true],
    [unaddressed, false, false],
  ];
  for (const [error, settled, addressed] of rows) {
    const outputs = [...delivered, output("failed", error, 1)];
    assertEquals(unsettledError(outputs), settled ? undefined : error);
    assertEquals(unaddressedError(outputs), addressed ? undefined : error);
  }
});
