/** References by HTTPS: what is handed on, what is fetched, and what is refused. */
import { assertEquals } from "@std/assert";
import * as fs from "node:fs/promises";
import { ffmpeg } from "../../lib/media/film/test_clips.ts";
import { sniffMedia } from "../../lib/media/image/sniff.ts";
import { runProgram } from "../../lib/platform/child.ts";
import type { Place } from "../support/agent.ts";
import { assertMedia } from "../support/media_probe.ts";
import { withPublicFiles } from "../support/public_files.ts";
import { wireRequests, withService } from "../support/service.ts";

const SOURCES: Readonly<Record<string, readonly string[]>> = {
  "product.png": ["-f", "lavfi", "-i", "testsrc2=size=720x720:rate=1", "-frames:v", "1"],
  "hero.png": ["-f", "lavfi", "-i", "testsrc2=size=1280x720:rate=1", "-frames:v", "1"],
  "music.m4a": ["-f", "lavfi", "-i", "sine=440:duration=6"],
  "motion.mp4": ["-f", "lavfi", "-i", "testsrc2=size=320x180:rate=24:duration=5"],
};

async function makeFiles({ path }: Place): Promise<Record<string, Uint8Array>> {
  const files: Record<string, Uint8Array> = {};
  for (const [name, source] of Object.entries(SOURCES)) {
    await ffmpeg([...source, path(name)]);
    files[name] = new Uint8Array(await fs.readFile(path(name)));
  }
  return files;
}

Deno.test("pictures and films are handed on by URL, other sound is converted first", async () => {
  await withService({ mediaTools: { run: runProgram } }, async (place, service) => {
    const files = await makeFiles(place);
    await withPublicFiles(files, async ({ url, env, requests }) => {
      const seedance = await place.run([
        ...["--video", "-m", "seedance2", "--workflow", "t2v", "--ref", url("product.png")],
        ...["--ref-video", url("motion.mp4"), "--ref-audio", url("music.m4a"), "-o", "ad.mp4"],
        "identity from @Image1, camera from @Video1, rhythm from @Audio1",
      ], { env });
      assertEquals(seedance.code, 0, seedance.stderr);
      // Only what has to be changed is fetched.
      assertEquals(requests, ["GET music.m4a"]);
      assertEquals(service.recorder.requests("/v2/media/uploadUrl").length, 1);
      const [{ frame } = { frame: {} }] = wireRequests(service);
      assertEquals(frame.referenceImageURLs ?? frame.referenceImageUrls, [url("product.png")]);
      assertEquals(frame.referenceVideoURLs ?? frame.referenceVideoUrls, [url("motion.mp4")]);
      await assertMedia(place.path("ad.mp4"), { codecs: "h264+aac", fps: 24 });
      // The size follows a picture that is known only when it has been fetched.
      const pan = ["--video", "--ref", url("hero.png"), "-o", "pan.mp4", "slow pan"];
      const { code, stderr } = await place.run(pan, { env });
      assertEquals(code, 0, stderr);
      await assertMedia(place.path("pan.mp4"), { codecs: "h264", size: "1024x576" });
      const edit = ["-c", url("product.png"), "-o", "edit.png", "make it blue"];
      assertEquals((await place.run(edit, { env })).code, 0);
      await assertMedia(place.path("edit.png"), { codecs: "png", size: "512x512" });
    });
  });
});

Deno.test("what cannot be fetched or may not be is one clear error, and nothing is sent", async () => {
  await withService({}, async ({ json }, service) => {
    const files = {
      "inside.png": "https://127.0.0.1/secret.png",
      "plain.png": "http://93.184.216.34/plain.png",
      "page.png": new TextEncoder().encode("<!doctype html><title>no picture</title>"),
    };
    await withPublicFiles(files, async ({ url, env }) => {
      const rows: [source: string, errorCode: string, detail: Record<string, unknown>][] = [
        [url("absent.png"), "FETCH_FAILED", { status: 404, statusText: "Not Found" }],
        [url("inside.png"), "INVALID_URL", {}],
        [url("plain.png"), "INVALID_URL", {}],
        [url("page.png"), "UNSUPPORTED_MEDIA_TYPE", {}],
        ["http://93.184.216.34/product.png", "INVALID_URL", { reason: "protocol" }],
        ["https://10.0.0.1/product.png", "INVALID_URL", { reason: "blocked-address" }],
      ];
      for (const [source, errorCode, detail] of rows) {
        const { code, object } = await json(["-c", source, "make it blue"], { env });
        assertEquals([source, code, object.errorCode], [source, 1, errorCode]);
        const details = object.errorDetails as Record<string, unknown>;
        for (const [key, value] of Object.entries(detail)) {
          assertEquals([source, details[key]], [source, value], JSON.stringify(object));
        }
      }
    });
    assertEquals(wireRequests(service), []);
  });
});

Deno.test("MP3 is converted also where no name tells that it is MP3", async () => {
  await withService({ mediaTools: { run: runProgram } }, async (place, service) => {
    await ffmpeg(["-f", "lavfi", "-i", "sine=440:duration=3", "-f", "mp3", place.path("song")]);
    await ffmpeg([...SOURCES["hero.png"] ?? [], place.path("hero.png")]);
    const song = new Uint8Array(await fs.readFile(place.path("song")));
    await withPublicFiles({ "song": song }, async ({ url, env }) => {
      for (const audio of ["song", url("song")]) {
        service.recorder.clear();
        const line = ["--video", "--ref", "hero.png", "--ref-audio", audio, "--duration", "1"];
        const { code, stderr } = await place.run([...line, "to the beat"], { env });
        assertEquals(code, 0, stderr);
        const upload = service.recorder.requests(/storage.*referenceAudio/, "PUT")[0];
        assertEquals(sniffMedia(upload?.body ?? new Uint8Array())?.mime, "audio/mp4");
        assertEquals(upload?.headers["content-type"], "audio/mp4");
      }
    });
  });
});
