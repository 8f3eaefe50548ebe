/** A finished result is paid for: its download is checked, repeated, and never lost in silence. */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import * as fs from "node:fs/promises";
import { runProgram } from "../../lib/platform/child.ts";
import type { FaultRule } from "../../lib/sandbox/faults/script.ts";
import { assertMedia } from "../support/media_probe.ts";
import { solidPng } from "../../lib/sandbox/testing/plain_artist.ts";
import { readPicture } from "../support/pictures.ts";
import { wireRequests, withService } from "../support/service.ts";

const PASSING: [string, FaultRule][] = [
  ["in slow pieces", { fault: "slowDownload", pieces: 5, milliseconds: 60 }],
  ["broken off", { fault: "truncateDownload", times: 1 }],
  ["answered with 403", { fault: "downloadStatus", status: 403, times: 1 }],
  ["answered with 503 twice", { fault: "downloadStatus", status: 503, times: 2 }],
];

for (const [name, fault] of PASSING) {
  Deno.test(`a download ${name} ends in a whole picture`, async () => {
    await withService({ faults: [fault] }, async ({ json, path, cwd }, service) => {
      const { code, object } = await json(["-o", "cat.png", "a cat"]);
      assertEquals([code, object.localPath], [0, "cat.png"], JSON.stringify(object));
      assertEquals((await readPicture(path("cat.png"))).width, 512);
      assertEquals(await fs.readdir(cwd), ["cat.png"]);
      assertEquals(wireRequests(service).length, 1);
    });
  });
}

Deno.test("a download that breaks off goes on where it broke", async () => {
  const faults: FaultRule[] = [{ fault: "truncateDownload", times: 1 }];
  await withService({ faults }, async ({ json, path }, service) => {
    const { code } = await json(["-o", "cat.png", "a cat"]);
    assertEquals(code, 0);
    assertEquals((await readPicture(path("cat.png"))).width, 512);
    const [first, second, ...more] = service.recorder.requests(/storage.*complete/, "GET");
    assertEquals([first?.headers.range, more.length], [undefined, 0]);
    assertMatch(String(second?.headers.range), /^bytes=[1-9]\d*-$/);
  });
});

/** Longer than any test waits. */
const SILENCE = { fault: "slowDownload", pieces: 4, milliseconds: 600_000 } as const;
const IMPATIENT = { env: { SOGNI_HTTP_TIMEOUT_MS: "1000" } };

Deno.test("a download that falls silent is begun anew and ends in a whole film", async () => {
  const faults: FaultRule[] = [{ ...SILENCE, times: 1 }];
  await withService({ faults, mediaTools: { run: runProgram } }, async (place, service) => {
    const film = ["--video", "-m", "wan_v2.2-14b-fp8_t2v_lightx2v", "--duration", "1"];
    const line = [...film, "-o", "cat.mp4", "a cat"];
    const { code, object, milliseconds } = await place.json(line, IMPATIENT);
    assertEquals([code, object.localPath], [0, "cat.mp4"], JSON.stringify(object));
    await assertMedia(place.path("cat.mp4"), { codecs: "h264", size: "640x640" });
    assertEquals(await fs.readdir(place.cwd), ["cat.mp4"]);
    assertEquals(wireRequests(service).length, 1);
    assert(milliseconds < 15_000, `${milliseconds} ms`);
  });
});

Deno.test("a host that falls silent each time is one error, soon, with the URL", async () => {
  await withService({ faults: [SILENCE] }, async ({ json, cwd }) => {
    const { code, object, milliseconds } = await json(["-o", "cat.png", "a cat"], IMPATIENT);
    assertEquals([code, object.errorCode], [1, "DOWNLOAD_FAILED"], JSON.stringify(object));
    const { urls, cause } = object.errorDetails as { urls: string[]; cause: string };
    assertEquals([urls.length, cause], [1, "ETIMEDOUT"]);
    assertEquals(await fs.readdir(cwd), []);
    // Three attempts of a second each, with pauses between them.
    assert(milliseconds < 15_000, `${milliseconds} ms`);
    // The render is not lost: it was paid for.
    const again = await json(["--last"]);
    assertEquals((again.object.urls as string[]).length, 1);
  });
});

const FAILING: [string, FaultRule][] = [
  ["always answers 404", { fault: "downloadStatus", status: 404 }],
  ["always breaks off", { fault: "truncateDownload" }],
  ["sends a page instead of a picture", { fault: "wrongType" }],
  ["sends nothing at all", { fault: "wrongType", contentType: "image/png", body: "" }],
];

for (const [name, fault] of FAILING) {
  Deno.test(`a host that ${name} is DOWNLOAD_FAILED with the URL, and no file is left`, async () => {
    await withService({ faults: [fault] }, async ({ json, cwd }) => {
      const { code, object } = await json(["-o", "cat.png", "a cat"]);
      assertEquals([code, object.errorCode], [1, "DOWNLOAD_FAILED"], JSON.stringify(object));
      const { urls } = object.errorDetails as { urls: string[] };
      assertEquals(urls.length, 1);
      assertStringIncludes(urls[0] ?? "", "http://127.0.0.1");
      assertEquals(typeof object.hint, "string");
      assertEquals(await fs.readdir(cwd), []);
    });
  });
}

Deno.test("bytes of an unknown format are kept, with a warning: they are paid for", async () => {
  const unknown: FaultRule = { fault: "wrongType", contentType: "image/jxl", body: "\u0001JXL?" };
  await withService({ faults: [unknown] }, async ({ json, path }) => {
    const { code, object, stderr } = await json(["-o", "cat.png", "a cat"]);
    assertEquals([code, object.localPath], [0, "cat.png"]);
    assertStringIncludes(stderr, "kept as it came");
    assertEquals(await fs.readFile(path("cat.png"), "utf8"), "\u0001JXL?");
  });
});

Deno.test("one of two that cannot be fetched leaves the other, and is listed", async () => {
  const faults: FaultRule[] = [{ fault: "downloadStatus", status: 404, output: 1 }];
  await withService({ faults }, async ({ json }) => {
    const { code, object } = await json(["-n", "2", "-o", "cat.png", "a cat"]);
    assertEquals([code, object.success, object.partial], [0, true, true]);
    assertEquals(object.localPaths, ["cat.png", null]);
    assertEquals((object.urls as string[]).length, 2);
    const [failure] = object.failures as Record<string, unknown>[];
    assertEquals([failure?.index, failure?.errorCode], [1, "DOWNLOAD_FAILED"]);
    assert((await json(["--last"])).object.localPath === "cat.png");
  });
});

Deno.test("a run after a download that failed fetches what is paid for, and names the same failure", async () => {
  const faults: FaultRule[] = [{ fault: "downloadStatus", status: 404, times: 6 }];
  await withService({ faults }, async ({ json, path }, service) => {
    for (let run = 0; run < 2; run++) {
      const { object } = await json(["-o", "cat.png", "a cat"]);
      assertEquals(object.errorCode, "DOWNLOAD_FAILED", JSON.stringify(object));
    }
    const { code, stderr } = await json(["-o", "cat.png", "a cat"]);
    assertEquals(code, 0, stderr);
    assertStringIncludes(stderr, "done and paid for");
    assertEquals((await readPicture(path("cat.png"))).width, 512);
    assertEquals(wireRequests(service).length, 1);
  });
});

Deno.test("an address that does not come at once is asked for again", async () => {
  const path = "/v1/image/downloadUrl";
  const faults: FaultRule[] = [{ fault: "rest", path, status: 503, times: 1 }];
  await withService({ faults }, async ({ json }) => {
    const { code, object } = await json(["-o", "cat.png", "a cat"]);
    assertEquals([code, object.localPath], [0, "cat.png"], JSON.stringify(object));
  });
});

Deno.test("a result whose address does not come is paid for, and had later", async () => {
  const path = "/v1/image/downloadUrl";
  for (const body of ["envelope", "html", "empty"] as const) {
    const status = body === "envelope" ? 503 : 200;
    const faults: FaultRule[] = [{ fault: "rest", path, status, body, times: 6 }];
    await withService({ faults }, async ({ json, path }, service) => {
      const { code, object } = await json(["-o", "cat.png", "a cat"]);
      assertEquals([code, object.errorCode], [1, "DOWNLOAD_FAILED"], JSON.stringify(object));
      const { jobId } = object.errorDetails as { jobId: string };
      assertStringIncludes(String(object.hint), `jobs wait ${jobId}`);
      // The six faults may last beyond the first run.
      for (let run = 0; run < 4; run++) await json(["jobs", "wait", jobId]);
      assertEquals((await readPicture(path("cat.png"))).width, 512);
      assertEquals(wireRequests(service).length, 1);
    });
  }
});

Deno.test("answers that cannot be understood before anything is sent are told as such", async () => {
  for (const path of ["/api/v1/models/list", "/v1/image/uploadUrl"]) {
    const faults: FaultRule[] = [{ fault: "rest", path, status: 200, body: "html" }];
    await withService({ faults }, async ({ json, path: local }, service) => {
      await fs.writeFile(local("a.png"), solidPng(8, 8, 1));
      const { code, object } = await json(["-c", "a.png", "a cat"]);
      assertEquals([code, object.errorCode, object.retryable], [1, "FETCH_FAILED", true], path);
      assertEquals(wireRequests(service), []);
    });
  }
});
