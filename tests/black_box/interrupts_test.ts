/** Ctrl-C and SIGTERM: what is paid for is cancelled first, then the process leaves. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { ChildProcess } from "node:child_process";
import * as fs from "node:fs/promises";
import type { FaultRule } from "../../lib/sandbox/faults/script.ts";
import { onlyObject, signalAgent } from "../support/agent.ts";
import { cancelled, wireRequests, withService } from "../support/service.ts";

/** Sends `signal` once stderr shows `words`. */
function when(words: string, signal: "SIGINT" | "SIGTERM" | "SIGHUP", afterMs = 150) {
  let sent = false;
  return (text: string, child: ChildProcess) => {
    if (sent || !text.includes(words)) return;
    sent = true;
    setTimeout(() => signalAgent(child, signal), afterMs);
  };
}

const RENDERING = "Generating 1 image";
const ROWS = [["SIGINT", 130], ["SIGTERM", 143], ["SIGHUP", 129]] as const;

for (const [signal, exitCode] of ROWS) {
  Deno.test(`${signal} in the middle of a render cancels the project, then ends with ${exitCode}`, async () => {
    await withService({ faults: [{ fault: "stall" }] }, async ({ run, cwd }, service) => {
      const ended = await run(["--json", "-o", "cat.png", "a cat"], {
        onStderr: when(RENDERING, signal, 400),
      });
      assertEquals([ended.code, ended.signal], [exitCode, null], ended.stderr);
      const ids = wireRequests(service).map(({ jobID }) => String(jobID));
      assertEquals(cancelled(service), ids);
      const object = onlyObject(ended);
      assertEquals([object.success, object.errorCode], [false, "USER_CANCELLED"]);
      assertEquals([object.errorCategory, object.retryable], ["cancelled", false]);
      assertEquals(object.errorDetails, { signal, projectIds: ids, canceled: true });
      assertEquals(await fs.readdir(cwd), []);
    });
  });
}

Deno.test("an interrupted run says so in text mode, with nothing on stdout", async () => {
  await withService({ faults: [{ fault: "stall" }] }, async ({ run }) => {
    const { code, stdout, stderr } = await run(["a cat"], {
      onStderr: when(RENDERING, "SIGINT", 400),
    });
    assertEquals([code, stdout], [130, ""]);
    assertStringIncludes(stderr, "Error: Interrupted; the running project was cancelled.");
  });
});

Deno.test("outputs that were finished before the signal are saved and named", async () => {
  const faults: FaultRule[] = [{ fault: "stall", output: 1 }];
  await withService({ faults }, async ({ run, cwd }) => {
    const ended = await run(["--json", "-n", "2", "-o", "cat.png", "a cat"], {
      onStderr: when("Image 1/2 completed", "SIGINT"),
    });
    assertEquals(ended.code, 130);
    const { urls, saved } = onlyObject(ended).errorDetails as Record<string, string[]>;
    assertEquals([urls?.length, saved?.length], [1, 1]);
    assertEquals(await fs.readdir(cwd), ["cat.png"]);
  });
});

Deno.test("a signal before the connection is open ends the run at once, unsent", async () => {
  const faults: FaultRule[] = [{ fault: "delayUpgrade", milliseconds: 15_000 }];
  await withService({ faults }, async ({ run }, service) => {
    const ended = await run(["--json", "a cat"], {
      onStderr: when("Connecting to Sogni", "SIGINT"),
    });
    assertEquals([ended.code, onlyObject(ended).errorCode], [130, "USER_CANCELLED"]);
    assert(ended.milliseconds < 6000, `${ended.milliseconds} ms`);
    assertEquals(wireRequests(service), []);
  });
});

Deno.test("a second signal leaves at once, still with one JSON object", async () => {
  const faults: FaultRule[] = [{ fault: "stall" }, { fault: "refuseCancel", silent: true }];
  await withService({ faults }, async ({ run }, service) => {
    const ended = await run(["--json", "a cat"], {
      onStderr: (text, child) => {
        when(RENDERING, "SIGINT", 400)(text, child);
        when(RENDERING, "SIGINT", 1000)(text, child);
      },
    });
    assertEquals(ended.code, 130);
    assert(ended.milliseconds < 6000, `${ended.milliseconds} ms`);
    assertEquals(cancelled(service).length, 1);
    assertEquals(onlyObject(ended).errorCode, "USER_CANCELLED");
  });
});
