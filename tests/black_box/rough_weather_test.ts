/**
 * Batches, films and sound when things go wrong on the way: each run ends in its files or in one
 * clear error within its deadline.
 */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import * as fs from "node:fs/promises";
import { runProgram } from "../../lib/platform/child.ts";
import { solidPng } from "../../lib/sandbox/testing/plain_artist.ts";
import type { FaultRule } from "../../lib/sandbox/faults/script.ts";
import { assertMedia } from "../support/media_probe.ts";
import { cancelled, wireRequests, withService } from "../support/service.ts";

const MEDIA = { mediaTools: { run: runProgram } };
const SMALL_FILM = ["--video", "-m", "wan_v2.2-14b-fp8_t2v_lightx2v", "--duration", "1"];

Deno.test("a batch of sixteen with three failures delivers thirteen and names the three", async () => {
  const failing = [2, 7, 15];
  const faults = failing.map((output): FaultRule => ({
    fault: "error",
    level: "output",
    output,
    message: `worker ${output} gave up`,
  }));
  await withService({ faults }, async ({ json, cwd }, service) => {
    const { code, object, stderr } = await json(["-n", "16", "-o", "cat.png", "a cat"]);
    assertEquals([code, object.success, object.partial], [0, true, true]);
    assertEquals((object.localPaths as string[]).length, 13);
    assertEquals((await fs.readdir(cwd)).length, 13);
    for (const field of ["urls", "seeds", "prompts"]) {
      assertEquals((object[field] as unknown[]).length, 13, field);
    }
    const failures = object.failures as { index: number; error: string; errorCode: string }[];
    assertEquals(failures.map(({ index }) => index), failing);
    assertEquals(failures.map(({ errorCode }) => errorCode), failing.map(() => "PROJECT_FAILED"));
    for (const { index, error } of failures) {
      assertStringIncludes(error, `worker ${index} gave up`);
      assertStringIncludes(stderr, `output ${index + 1} failed`);
    }
    assertEquals(wireRequests(service).length, 1);
  });
});

Deno.test("a batch of sixteen variations with three failures: the others keep their places", async () => {
  const words = Array.from({ length: 16 }, (_, index) => `n${String(index).padStart(2, "0")}`);
  const faults = ["n03", "n04", "n11"].map((prompt): FaultRule => ({ fault: "error", prompt }));
  await withService({ faults }, async ({ json }) => {
    const { code, object } = await json(["-n", "16", `{${words.join("|")}}`]);
    assertEquals([code, object.partial], [0, true]);
    assertEquals(object.prompts, words.filter((word) => !["n03", "n04", "n11"].includes(word)));
    const failures = object.failures as { index: number }[];
    assertEquals(failures.map(({ index }) => index), [3, 4, 11]);
  });
});

Deno.test("one film of three withheld: two files, exit 10", async () => {
  const faults: FaultRule[] = [{ fault: "filtered", output: 1 }];
  await withService({ ...MEDIA, faults }, async ({ json, path }) => {
    const { code, object } = await json([...SMALL_FILM, "-n", "3", "-o", "a.mp4", "waves"]);
    assertEquals([code, object.withheld], [10, 1]);
    assertEquals(object.localPaths, ["a.mp4", "a-2.mp4"]);
    await assertMedia(path("a-2.mp4"), { codecs: "h264" });
  });
});

const PASSING: [string, FaultRule][] = [
  ["a socket that drops in the middle of the film", { fault: "dropSocket", phase: "progress" }],
  ["a lost result message", { fault: "loseResult" }],
  ["a lost last message", { fault: "loseCompleted" }],
  ["a slow download", { fault: "slowDownload", pieces: 4, milliseconds: 200 }],
];

for (const [name, fault] of PASSING) {
  Deno.test(`${name}: the film and the music arrive, paid once`, async () => {
    await withService({ ...MEDIA, faults: [fault, fault] }, async ({ json, path }, service) => {
      const film = await json([...SMALL_FILM, "-t", "30", "-o", "a.mp4", "waves"]);
      assertEquals(film.code, 0, JSON.stringify(film.object));
      await assertMedia(path("a.mp4"), { codecs: "h264", size: "640x640" });
      const music = await json(["--music", "--duration", "10", "-t", "30", "-o", "a.mp3", "waves"]);
      assertEquals(music.code, 0, JSON.stringify(music.object));
      await assertMedia(path("a.mp3"), { codecs: "mp3", seconds: 10 });
      assertEquals(new Set(wireRequests(service).map(({ jobID }) => jobID)).size, 2);
      assertEquals(cancelled(service), []);
    });
  });
}

const UPLOADING: [string, string[], FaultRule][] = [
  ["a picture", ["-c", "cat.png"], { fault: "stallUpload" }],
  ["the start of a film", ["--video", "--ref", "cat.png"], { fault: "stallUpload" }],
  [
    "a vendor's reference",
    ["--video", "-m", "seedance2", "-c", "cat.png"],
    { fault: "stallUpload" },
  ],
  ["the address of a picture", ["-c", "cat.png"], {
    fault: "rest",
    path: "uploadUrl",
    delay: 600_000,
  }],
];

for (const [what, line, fault] of UPLOADING) {
  Deno.test(`an upload of ${what} that stalls ends in one error within the time limit`, async () => {
    await withService({ faults: [fault] }, async ({ json, path }, service) => {
      await fs.writeFile(path("cat.png"), solidPng(640, 640, 9));
      const { code, object, milliseconds } = await json([...line, "-t", "3", "make it blue"]);
      assertEquals([code, object.errorCode, object.retryable], [1, "PROJECT_TIMEOUT", true]);
      assertEquals(typeof object.hint, "string");
      assert(milliseconds < 9000, `${milliseconds} ms`);
      assertEquals(wireRequests(service), []);
    });
  });
}

Deno.test("an upload that is refused is MEDIA_UPLOAD_FAILED, and nothing is rendered", async () => {
  await withService({ faults: [{ fault: "badUpload", status: 403 }] }, async (place, service) => {
    await fs.writeFile(place.path("cat.png"), solidPng(64, 64, 9));
    const { code, object } = await place.json(["-c", "cat.png", "make it blue"]);
    assertEquals([code, object.errorCode], [1, "MEDIA_UPLOAD_FAILED"], JSON.stringify(object));
    assertEquals(wireRequests(service), []);
  });
});
