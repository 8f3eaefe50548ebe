import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { chmod, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "../../errors/app_error.ts";
import { inFolder, testHost } from "../film/test_clips.ts";
import { probe } from "./probe.ts";
import { ffmpegProgram, ffprobeProgram, findFfmpeg, requireFfmpeg } from "./find.ts";

async function script(folder: string, name: string, body: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, `#!/bin/sh\n${body}\n`);
  await chmod(path, 0o755);
  return path;
}

Deno.test("which ffmpeg is used, and what is said about a bad one", async () => {
  await inFolder(async (folder) => {
    const good = await script(folder, "mine", "echo My FFmpeg 9");
    const onError = await script(folder, "onerror", "echo ffmpeg >&2");
    const other = await script(folder, "other", "echo something else");
    const failing = await script(folder, "failing", "echo ffmpeg; exit 3");
    const rows: readonly [Record<string, string>, string][] = [
      [{}, "ffmpeg"],
      [{ FFMPEG_PATH: "" }, "ffmpeg"],
      [{ FFMPEG_PATH: good }, good],
      [{ FFMPEG_PATH: onError }, onError],
      [{ FFMPEG_PATH: other }, "INVALID_FFMPEG"],
      [{ FFMPEG_PATH: failing }, "MISSING_FFMPEG"],
      [{ FFMPEG_PATH: join(folder, "absent") }, "MISSING_FFMPEG"],
      [{ FFMPEG_PATH: "~/mine" }, "MISSING_FFMPEG"],
      [{ FFMPEG_PATH: `${good}\u0007` }, "INVALID_PATH"],
      [{ PATH: folder }, "MISSING_FFMPEG"],
    ];
    for (const [env, expected] of rows) {
      for (const find of [findFfmpeg, requireFfmpeg]) {
        const host = testHost(folder, env);
        const found = await find(host, "--concat-videos").then(
          () => ffmpegProgram(host),
          (error: AppError) => error.code,
        );
        assertEquals(found, expected, `${find.name} ${JSON.stringify(env)}`);
      }
    }
  });
});

Deno.test("a missing ffmpeg is named with its use and a way to get it", async () => {
  const host = testHost("/", { FFMPEG_PATH: "/no/ffmpeg" });
  const error = await assertRejects(() => findFfmpeg(host, "--remix-audio"), AppError);
  assertEquals(error.message, "ffmpeg is needed for --remix-audio and was not found.");
  assertEquals(error.details, { ffmpegPath: "/no/ffmpeg" });
  assertEquals(/brew install.*apt-get install.*FFMPEG_PATH/.test(error.hint ?? ""), true);
});

Deno.test("the version is asked for once, and not at all for work that copies", async () => {
  const host = testHost("/");
  await requireFfmpeg(host, "x");
  assertEquals(host.started.length, 0);
  await Promise.all([findFfmpeg(host, "x"), findFfmpeg(host, "x")]);
  await findFfmpeg(host, "x");
  assertEquals(host.started, [{ program: "ffmpeg", args: ["-version"] }]);
});

Deno.test("ffprobe has its own variable and is not sought beside ffmpeg", async () => {
  assertEquals(ffprobeProgram(testHost("/", { FFMPEG_PATH: "/x/ffmpeg" })), "ffprobe");
  assertEquals(ffprobeProgram(testHost("/", { FFPROBE_PATH: "/y/probe" })), "/y/probe");
  assertThrows(() => ffprobeProgram(testHost("/", { FFPROBE_PATH: "a\nb" })), AppError);
  const probing = probe(testHost("/", { FFPROBE_PATH: "a\u0007b" }), "x.mp4", "x");
  assertEquals((await assertRejects(() => probing, AppError)).code, "INVALID_PATH");
});
