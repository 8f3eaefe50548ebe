import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Options } from "../cli/flags/table.ts";
import { Reporter } from "../cli/reporter.ts";
import { AppError } from "../errors/app_error.ts";
import { inFolder, makeClip, measure, testHost } from "../media/film/test_clips.ts";
import { run as concat } from "./concat.ts";
import type { CommandRun } from "./context.ts";
import { run as extractFrame } from "./extract_frame.ts";
import { run as listMedia } from "./list_media.ts";
import { run as remix } from "./remix.ts";

interface Ran {
  code: number;
  stdout: string;
  stderr: string;
  json: Record<string, unknown>;
}

/** Runs a command in a folder, in JSON mode unless told otherwise. */
async function runIn(
  folder: string,
  run: CommandRun,
  options: Options,
  style: { json?: boolean; quiet?: boolean; openclaw?: boolean } = {},
  env: Record<string, string> = {},
): Promise<Ran> {
  const written = { stdout: "", stderr: "" };
  const report = new Reporter(
    { write: (stream, data) => written[stream] += data },
    { json: true, quiet: false, openclaw: false, ...style },
  );
  const code = await run({
    host: testHost(folder, env),
    report,
    failure: { prompt: null },
    onInterrupt: () => {},
    invocation: { command: "test", options, words: [] },
  });
  const json = written.stdout.startsWith("{") ? JSON.parse(written.stdout) : {};
  if ("timestamp" in json) json.timestamp = "now";
  return { code, ...written, json };
}

Deno.test("--concat-videos reports what it did", async () => {
  await inFolder(async (folder) => {
    await makeClip(join(folder, "a.mp4"));
    await makeClip(join(folder, "b.mp4"), { size: "160x90" });
    const song = { sound: 1, more: ["-vn"] };
    await makeClip(join(folder, "song.m4a"), song);
    const concatVideos = ["out.mp4", "a.mp4", "./b.mp4"];
    const first = await runIn(folder, concat, { concatVideos });
    assertEquals(first.json, {
      success: true,
      type: "concat-videos",
      outputPath: "out.mp4",
      clipCount: 2,
      audioPath: null,
      audioStart: null,
      targetFps: null,
      copiedClips: 1,
      encodedClips: 1,
      timestamp: "now",
    });
    assert(first.stderr.includes("Copied 1 of 2 clips without encoding."), first.stderr);
    assert(first.stderr.includes(`Encoded "${join(folder, "b.mp4")}": size 160x90.`), first.stderr);
    const options = { concatVideos, concatAudio: "song.m4a", concatAudioStart: 0, concatFps: 12 };
    const second = await runIn(folder, concat, options, { json: false, quiet: true });
    assertEquals(second.stdout, "Joined 2 clips: out.mp4 (audio: song.m4a)\n");
    assertEquals(second.stderr, "");
    const third = await runIn(folder, concat, options, { json: false, openclaw: true });
    assertEquals([third.json.audioPath, third.json.audioStart, third.json.targetFps], [
      "song.m4a",
      0,
      12,
    ]);
    assertEquals((await measure(join(folder, "out.mp4"))).frames, 24);
  });
});

Deno.test("wrong arguments of --concat-videos", async () => {
  await inFolder(async (folder) => {
    const clip = await makeClip(join(folder, "a.mp4"), { size: "64x64" });
    const bytes = await readFile(clip);
    const rows: readonly [Options, string, Record<string, unknown>][] = [
      [{ concatVideos: ["o.mp4"] }, "INVALID_ARGUMENT", {
        flag: "--concat-videos",
        clipsProvided: 0,
      }],
      [{ concatVideos: ["o.mp4", "a.mp4"] }, "INVALID_ARGUMENT", {
        flag: "--concat-videos",
        clipsProvided: 1,
      }],
      [{ concatVideos: ["o.mp4", "a.mp4", "no.mp4"] }, "FILE_NOT_FOUND", {
        path: join(folder, "no.mp4"),
      }],
      [{ concatVideos: ["a.mp4", "a.mp4", "a.mp4"] }, "INVALID_ARGUMENT", {
        flag: "--concat-videos",
        value: "a.mp4",
      }],
      [{ concatVideos: ["o.mp4", "a.mp4", "a.mp4"], concatAudio: "no" }, "FILE_NOT_FOUND", {
        path: join(folder, "no"),
      }],
      [{ concatVideos: ["o\n.mp4", "a.mp4", "a.mp4"] }, "INVALID_PATH", {
        label: "--concat-videos output",
      }],
    ];
    for (const [options, code, details] of rows) {
      const error = await assertRejects(() => runIn(folder, concat, options), AppError);
      assertEquals([error.code, error.details], [code, details]);
    }
    for (const label of ["FFMPEG_PATH", "FFPROBE_PATH"]) {
      const options = { concatVideos: ["o.mp4", "a.mp4", "a.mp4"] };
      const env = { [label]: "a\u0007b" };
      const error = await assertRejects(() => runIn(folder, concat, options, {}, env), AppError);
      assertEquals([error.code, error.details], ["INVALID_PATH", { label }]);
    }
    assertEquals(await readFile(clip), bytes);
  });
});

Deno.test("frames and remixes report their outputs", async () => {
  await inFolder(async (folder) => {
    await makeClip(join(folder, "a.mp4"));
    const first = await runIn(folder, extractFrame, { extractFirstFrame: ["a.mp4", "f.png"] });
    assertEquals(first.json, {
      success: true,
      type: "extract-first-frame",
      outputPath: "f.png",
      timestamp: "now",
    });
    const last = await runIn(folder, extractFrame, { extractLastFrame: ["a.mp4", "l.jpg"] }, {
      json: false,
    });
    assertEquals(last.stdout, "l.jpg\n");
    const remixed = await runIn(folder, remix, {
      remixAudio: ["a.mp4", "r.mp4"],
      mixAudio: "a.mp4",
      mixAt: 0.5,
      mixGain: -6,
      audioLoop: true,
      audioFadeOut: 0.2,
    });
    assertEquals(remixed.json, {
      success: true,
      type: "remix-audio",
      outputPath: "r.mp4",
      bedAudio: null,
      loop: true,
      fadeIn: null,
      fadeOut: 0.2,
      mixAudio: "a.mp4",
      mixAt: 0.5,
      mixGain: -6,
      timestamp: "now",
    });
    const rows: readonly [CommandRun, Options, string][] = [
      [extractFrame, { extractLastFrame: ["no.mp4", "x.png"] }, "FILE_NOT_FOUND"],
      [extractFrame, { extractLastFrame: ["a.mp4", "a.mp4"] }, "INVALID_ARGUMENT"],
      [remix, { remixAudio: ["a.mp4", "a.mp4"] }, "INVALID_ARGUMENT"],
      [remix, { remixAudio: ["a.mp4", "o.mp4"], bedAudio: "no.mp3" }, "FILE_NOT_FOUND"],
      [remix, { remixAudio: ["a.mp4", "o.mp4"], mixAudio: "no.mp3" }, "FILE_NOT_FOUND"],
      [remix, { remixAudio: ["a.mp4", "no/o.mp4"] }, "FFMPEG_FAILED"],
    ];
    for (const [run, options, code] of rows) {
      const error = await assertRejects(() => runIn(folder, run, options), AppError);
      assertEquals(error.code, code);
    }
  });
});

Deno.test("a frame that could not be saved is explained on stderr, even when quiet", async () => {
  await inFolder(async (folder) => {
    await writeFile(join(folder, "text.mp4"), "no film");
    await writeFile(join(folder, "old.png"), "12345");
    const written: string[] = [];
    const report = new Reporter(
      { write: (stream, data) => stream === "stderr" && written.push(data) },
      { json: true, quiet: true, openclaw: false },
    );
    const extractLastFrame = ["text.mp4", "old.png"];
    const ran = extractFrame({
      host: testHost(folder),
      report,
      failure: { prompt: null },
      onInterrupt: () => {},
      invocation: { command: "test", options: { extractLastFrame }, words: [] },
    });
    assertEquals((await assertRejects(() => Promise.resolve(ran), AppError)).code, CODE);
    const text = written.join("");
    assertMatch(text, /^Video: .+text\.mp4\nImage: .+old\.png /);
    assertMatch(text, /old\.png \(5 bytes, as before\)\nffmpeg exit code: \d+\nffmpeg stderr:\n/);
  });
});

const CODE = "FFMPEG_EXTRACT_FAILED";

Deno.test("--list-media lists, and an absent folder is empty", async () => {
  await inFolder(async (folder) => {
    const empty = await runIn(folder, listMedia, { listMedia: true }, { json: false });
    const inbound = join(folder, "home/.openclaw/media/inbound");
    assertEquals([empty.code, empty.stdout], [0, `No images found in ${inbound}.\n`]);
    await mkdir(inbound, { recursive: true });
    await writeFile(join(inbound, "a.png"), "123");
    const listed = await runIn(folder, listMedia, { listMedia: true });
    const { mediaType, files } = listed.json as { mediaType: string; files: { size: number }[] };
    assertEquals([mediaType, files.length, files[0]?.size], ["images", 1, 3]);
    const text = await runIn(folder, listMedia, { listMedia: "all" }, { json: false });
    assert(text.stdout.startsWith("Newest media (1):\n"), text.stdout);
    const audio = await runIn(folder, listMedia, { listMedia: "audio" });
    assertEquals(audio.json.files, []);
  });
});
