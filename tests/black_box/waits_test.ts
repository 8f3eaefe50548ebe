/** Time limits, and connections and messages that get lost on the way. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import * as fs from "node:fs/promises";
import type { FaultRule } from "../../lib/sandbox/faults/script.ts";
import { cancelled, wireRequests, withService } from "../support/service.ts";

Deno.test("--timeout cancels the paid project, then says PROJECT_TIMEOUT", async () => {
  await withService({ faults: [{ fault: "stall" }] }, async ({ json }, service) => {
    const { code, object, milliseconds } = await json(["-t", "2", "a cat"]);
    assertEquals([code, object.errorCode, object.retryable], [1, "PROJECT_TIMEOUT", true]);
    const ids = wireRequests(service).map(({ jobID }) => String(jobID));
    assertEquals(object.errorDetails, { timeoutSeconds: 2, projectIds: ids, canceled: true });
    assertStringIncludes(String(object.hint), "--timeout");
    assertEquals(cancelled(service), ids);
    assert(milliseconds < 8000, `${milliseconds} ms`);
  });
});

Deno.test("a --timeout longer than a timer can keep is a long one, not none", async () => {
  const faults: FaultRule[] = [{ fault: "slow", milliseconds: 100 }];
  await withService({ faults }, async ({ json }) => {
    const env = { SOGNI_HTTP_TIMEOUT_MS: "99999999999" };
    const { code, object } = await json(["-t", "3000000", "-o", "cat.png", "a cat"], { env });
    assertEquals([code, object.localPath], [0, "cat.png"], JSON.stringify(object));
  });
});

Deno.test("outputs that were finished before the time was up are kept", async () => {
  const faults: FaultRule[] = [{ fault: "stall", output: 1 }];
  await withService({ faults }, async ({ json }) => {
    const { code, object } = await json(["-t", "2", "-n", "2", "-o", "cat.png", "a cat"]);
    const details = object.errorDetails as Record<string, unknown>;
    assertEquals([code, object.errorCode], [1, "PROJECT_TIMEOUT"]);
    assertEquals((details.urls as string[]).length, 1);
    assertEquals((details.saved as string[]).length, 1);
  });
});

Deno.test("a cancellation that the service refuses is told apart", async () => {
  const faults: FaultRule[] = [{ fault: "stall" }, { fault: "refuseCancel" }];
  await withService({ faults }, async ({ json }) => {
    const { object } = await json(["-t", "1", "a cat"]);
    assertEquals(object.errorCode, "PROJECT_TIMEOUT_CANCEL_FAILED");
    assertEquals((object.errorDetails as Record<string, unknown>).canceled, false);
  });
});

Deno.test("a service that never answers ends in time, too", async () => {
  await withService({ faults: [{ fault: "noAuthenticated" }] }, async ({ json }) => {
    const { code, object, milliseconds } = await json(["-t", "2", "a cat"]);
    assertEquals([code, object.success], [1, false]);
    assertEquals(object.errorCategory, "timeout");
    assert(milliseconds < 8000, `${milliseconds} ms`);
  });
});

const LOST: [string, FaultRule][] = [
  ["a socket that drops in the middle of the job", { fault: "dropSocket" }],
  ["a socket that drops before the result", { fault: "dropSocket", phase: "result" }],
  ["a server that restarts", { fault: "restart" }],
  ["a lost result message", { fault: "loseResult" }],
  ["a lost last message", { fault: "loseCompleted" }],
  ["messages that come twice", { fault: "duplicate" }],
  ["messages out of order", { fault: "reorder" }],
  ["a worker that is replaced", { fault: "retry" }],
];

for (const [name, fault] of LOST) {
  Deno.test(`${name}: the picture arrives all the same, once and paid once`, async () => {
    await withService({ faults: [fault] }, async ({ json }, service) => {
      const { code, object } = await json(["-n", "2", "-o", "cat.png", "a cat"]);
      assertEquals([code, object.success], [0, true], JSON.stringify(object));
      assertEquals(object.localPaths, ["cat.png", "cat-2.png"]);
      assertEquals(new Set(object.urls as string[]).size, 2);
      assertEquals(new Set(wireRequests(service).map(({ jobID }) => jobID)).size, 1);
      assertEquals(cancelled(service), []);
    });
  });
}

const CLOSED: [closeCode: number, errorCode: string][] = [
  [4010, "CONNECTION_FAILED"],
  [4015, "CONNECTION_FAILED"],
  [4021, "INVALID_API_KEY"],
  [4061, "APP_ID_POOL_EXHAUSTED"],
  [1000, "CONNECTION_FAILED"],
];

for (const [closeCode, errorCode] of CLOSED) {
  Deno.test(`a connection closed for good with ${closeCode} ends the run at once, and the job can be had`, async () => {
    const faults: FaultRule[] = [{ fault: "dropSocket", phase: "progress", closeCode, times: 1 }];
    await withService({ faults }, async ({ json }) => {
      const { code, object, milliseconds } = await json(["-t", "20", "-o", "cat.png", "a cat"]);
      const details = object.errorDetails as Record<string, unknown>;
      assertEquals([code, object.errorCode, details.serviceCode], [1, errorCode, closeCode]);
      assert(milliseconds < 10_000, `${milliseconds} ms`);
      assertStringIncludes(String(object.hint), `jobs wait ${details.jobId}`);
      const waited = await json(["jobs", "wait", String(details.jobId)]);
      assertEquals([waited.code, waited.object.success], [0, true], JSON.stringify(waited.object));
    });
  });
}

Deno.test("a result that was finished unheard is saved when the time is up", async () => {
  const faults: FaultRule[] = [{ fault: "stall", phase: "result" }];
  await withService({ faults }, async ({ json, cwd }, service) => {
    const { code, object } = await json(["-t", "3", "-o", "cat.png", "a cat"]);
    assertEquals([code, object.errorCode], [1, "PROJECT_TIMEOUT"], JSON.stringify(object));
    const { saved } = object.errorDetails as { saved: string[] };
    assertEquals([saved, await fs.readdir(cwd)], [["cat.png"], ["cat.png"]]);
    assertEquals(wireRequests(service).length, 1);
  });
});
