/** A clip that loops: there, back, and one file for each result. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import * as fs from "node:fs/promises";
import { runProgram } from "../../lib/platform/child.ts";
import { solidPng } from "../../lib/sandbox/testing/plain_artist.ts";
import type { FaultRule } from "../../lib/sandbox/faults/script.ts";
import { assertMedia } from "../support/media_probe.ts";
import { wireRequests, withService } from "../support/service.ts";

const MEDIA = { mediaTools: { run: runProgram } };
const LINE = ["--video", "--looping", "--ref", "cat.png", "--duration", "1", "-o", "loop.mp4"];
/** One second of WAN, and the same back. */
const THERE = { codecs: "h264", size: "480x480", fps: 32, frames: 33 };
const LOOP = { ...THERE, codecs: "h264+aac", frames: 66 };

Deno.test("the way back leads from the last picture to the first, with nothing left to chance", async () => {
  await withService(MEDIA, async ({ json, path, cwd }, service) => {
    await fs.writeFile(path("cat.png"), solidPng(640, 640, 9));
    const { code, object } = await json([...LINE, "pan"]);
    assertEquals([code, object.localPath], [0, "loop.mp4"], JSON.stringify(object));
    await assertMedia(path("loop.mp4"), LOOP);
    assertEquals((await fs.readdir(cwd)).sort(), ["cat.png", "loop.mp4"]);
    const [there, back] = wireRequests(service).map(({ frame }) => frame);
    for (
      const field of ["modelID", "positivePrompt", "width", "height", "fps", "frames", "steps"]
    ) {
      assertEquals(back?.[field], there?.[field], field);
    }
    assertEquals([there?.hasReferenceImageEnd ?? false, back?.hasReferenceImageEnd], [false, true]);
    assertEquals([back?.seed, back?.comfySampler, back?.shift].map((value) => value ?? null), [
      null,
      null,
      null,
    ]);
  });
});

Deno.test("each of several results is a loop of its own", async () => {
  await withService(MEDIA, async ({ json, path, cwd }, service) => {
    await fs.writeFile(path("cat.png"), solidPng(640, 640, 9));
    const { code, object } = await json([...LINE, "-n", "2", "{left|right}"]);
    assertEquals([code, object.localPaths], [0, ["loop.mp4", "loop-2.mp4"]]);
    for (const name of ["loop.mp4", "loop-2.mp4"]) await assertMedia(path(name), LOOP);
    assertEquals((await fs.readdir(cwd)).sort(), ["cat.png", "loop-2.mp4", "loop.mp4"]);
    const prompts = wireRequests(service).map(({ frame }) => frame.positivePrompt);
    assertEquals(prompts, ["left", "right", "left", "right"]);
  });
});

Deno.test("a way back that fails leaves the clips, and says where they are", async () => {
  const faults: FaultRule[] = [{ fault: "error", job: 2, message: "bad luck" }];
  await withService({ ...MEDIA, faults }, async ({ json, path, cwd }) => {
    await fs.writeFile(path("cat.png"), solidPng(640, 640, 9));
    const { code, object } = await json([...LINE, "-n", "2", "pan"]);
    assertEquals([code, object.success, object.errorCode], [1, false, "PROJECT_FAILED"]);
    assertStringIncludes(String(object.hint), "kept");
    const { saved } = object.errorDetails as { saved: string[] };
    assertEquals(saved, ["loop.mp4", "loop-2.mp4"]);
    for (const name of saved) await assertMedia(path(name), THERE);
    assertEquals((await fs.readdir(cwd)).sort(), ["cat.png", "loop-2.mp4", "loop.mp4"]);
  });
});
