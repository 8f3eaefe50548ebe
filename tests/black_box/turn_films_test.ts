/** The film of a turn when something goes wrong after its pictures are paid for. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { ChildProcess } from "node:child_process";
import * as fs from "node:fs/promises";
import { resolve } from "node:path";
import { runProgram } from "../../lib/platform/child.ts";
import { solidPng } from "../../lib/sandbox/testing/plain_artist.ts";
import type { FaultRule } from "../../lib/sandbox/faults/script.ts";
import { onlyObject, signalAgent } from "../support/agent.ts";
import { cancelled, wireRequests, withService } from "../support/service.ts";

const MEDIA = { mediaTools: { run: runProgram } };
const TURN = ["--angles-360", "--angles-360-video", "-c", "mug.png", "-o", "turn/"];

Deno.test("a clip that fails ends the film: no more is paid, and what there is, is named", async () => {
  // Eight pictures, three clips, and the one that fails.
  const faults: FaultRule[] = [{ fault: "error", job: 12, message: "bad luck" }];
  await withService({ ...MEDIA, faults }, async ({ json, path, cwd }, service) => {
    await fs.writeFile(path("mug.png"), solidPng(64, 64, 9));
    const { code, object } = await json(TURN);
    assertEquals([code, object.errorCode], [1, "PROJECT_FAILED"]);
    assertStringIncludes(String(object.error), "bad luck");
    assertEquals(wireRequests(service).length, 12);
    const { saved } = object.errorDetails as { saved: string[] };
    assertEquals(saved.length, 11);
    for (const file of saved) assert((await fs.stat(resolve(cwd, file))).size > 0, file);
  });
});

Deno.test("a clip that is withheld ends the film, too", async () => {
  const faults: FaultRule[] = [{ fault: "filtered", job: 9 }];
  await withService({ ...MEDIA, faults }, async ({ json, path }, service) => {
    await fs.writeFile(path("mug.png"), solidPng(64, 64, 9));
    const { code, object } = await json(TURN);
    assertEquals([code, object.errorCode], [1, "CONTENT_FILTERED"]);
    assertEquals(wireRequests(service).length, 9);
    assertEquals((object.errorDetails as { saved: string[] }).saved.length, 8);
  });
});

Deno.test("Ctrl-C between two clips cancels the one that runs and ends with 130", async () => {
  const faults: FaultRule[] = [{ fault: "stall", job: 10 }];
  await withService({ ...MEDIA, faults }, async ({ run, path }, service) => {
    await fs.writeFile(path("mug.png"), solidPng(64, 64, 9));
    let sent = false;
    const ended = await run(["--json", ...TURN], {
      onStderr(text: string, child: ChildProcess) {
        if (sent || !text.includes("Video 1/8 completed")) return;
        sent = true;
        setTimeout(() => signalAgent(child, "SIGINT"), 500);
      },
    });
    const object = onlyObject(ended);
    assertEquals([ended.code, object.errorCode], [130, "USER_CANCELLED"], ended.stderr);
    const ids = wireRequests(service).map(({ jobID }) => String(jobID));
    assertEquals([ids.length, cancelled(service)], [10, ids.slice(-1)]);
    assertEquals((object.errorDetails as { saved: string[] }).saved.length, 9);
  });
});
