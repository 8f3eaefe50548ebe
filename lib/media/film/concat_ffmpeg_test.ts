import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "../../errors/app_error.ts";
import { concatVideos } from "./concat.ts";
import {
  type ClipRecipe,
  ffmpeg,
  frameSums,
  inFolder,
  makeClip,
  measure,
  soundOf,
  testHost,
  toneOf,
} from "./test_clips.ts";

/** Joins clips made by recipes and returns what happened. */
async function joinRecipes(folder: string, recipes: readonly (ClipRecipe & { name: string })[]) {
  const clips = await Promise.all(
    recipes.map((recipe) => makeClip(join(folder, recipe.name), recipe)),
  );
  const host = testHost(folder);
  const output = join(folder, "out.mp4");
  const report = await concatVideos(host, { output, clips });
  return { host, output, clips, report };
}

Deno.test("matching clips are copied picture by picture, without starting ffmpeg", async () => {
  await inFolder(async (folder) => {
    const { host, output, clips, report } = await joinRecipes(folder, [
      { name: "a.mp4", tone: 300, seconds: 1.5, video: ["-c:v", "libx264", "-pix_fmt", "yuv420p"] },
      { name: "b.mp4", tone: 900, video: ["-c:v", "libx264", "-pix_fmt", "yuv420p"] },
      { name: "c.mp4", tone: 500, video: ["-c:v", "libx264", "-pix_fmt", "yuv420p"] },
    ]);
    assertEquals(host.started, []);
    assertEquals(report.clips.map((clip) => clip.reason), ["", "", ""]);
    const sums = await Promise.all(clips.map(frameSums));
    assertEquals(await frameSums(output), sums.flat());
    const measured = await measure(output);
    assertEquals([measured.frames, measured.fps, measured.videoSeconds], [84, "24/1", 3.5]);
    const sound = await soundOf(output);
    assertAlmostEquals(sound.length / 8000, 3.5, 0.03);
    assertAlmostEquals(toneOf(sound, 0.1, 1.4), 300, 5);
    assertAlmostEquals(toneOf(sound, 1.6, 2.4), 900, 10);
    assertAlmostEquals(toneOf(sound, 2.6, 3.4), 500, 10);
    // The tone changes where the clip changes: 30 ms around it hold both.
    assertAlmostEquals(toneOf(sound, 1.52, 1.6), 900, 40);
    assertAlmostEquals(toneOf(sound, 1.4, 1.48), 300, 20);
  });
});

Deno.test("H.264 clips from different encoders are copied side by side", async () => {
  await inFolder(async (folder) => {
    const { output, clips, report } = await joinRecipes(folder, [
      { name: "a.mp4", video: ["-c:v", "libx264", "-profile:v", "high", "-pix_fmt", "yuv420p"] },
      {
        name: "b.mp4",
        video: ["-c:v", "libx264", "-profile:v", "baseline", "-pix_fmt", "yuv420p", "-g", "7"],
        more: ["-video_track_timescale", "90000"],
      },
      { name: "c.mp4", video: ["-c:v", "libx264", "-bf", "3", "-refs", "5"] },
    ]);
    assertEquals(report.clips.map((clip) => clip.reason), ["", "", ""]);
    assertEquals(await frameSums(output), (await Promise.all(clips.map(frameSums))).flat());
    // Seeking into the middle clip decodes as well.
    const args = [
      "-ss",
      "1.5",
      "-i",
      output,
      "-map",
      "0:v",
      "-frames:v",
      "1",
      "-f",
      "framemd5",
      "-",
    ];
    const seeked = new TextDecoder().decode(await ffmpeg(args));
    assert(seeked.trim().endsWith((await frameSums(clips[1] ?? ""))[12] ?? "?"), seeked);
  });
});

const DIFFERENT: readonly (ClipRecipe & { name: string; encoded: boolean })[] = [
  { name: "first.mp4", tone: 300, encoded: false },
  { name: "size.mp4", size: "180x320", tone: 400, encoded: true },
  { name: "fps.mp4", fps: "12", tone: 500, encoded: true },
  {
    name: "vp9.webm",
    tone: 600,
    video: ["-c:v", "libvpx-vp9", "-cpu-used", "8"],
    audio: ["-c:a", "libopus"],
    rate: 48000,
    encoded: true,
  },
  { name: "mpeg4.mkv", tone: 700, video: ["-c:v", "mpeg4"], audio: ["-c:a", "mp3"], encoded: true },
  { name: "mono.mp4", tone: 800, rate: 48000, channels: 1, encoded: false },
  { name: "silent.mp4", sound: 0, encoded: false },
  {
    name: "fragments.mp4",
    tone: 350,
    more: ["-movflags", "frag_keyframe+delay_moov"],
    encoded: false,
  },
  {
    name: "hevc.mp4",
    tone: 450,
    video: ["-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none"],
    encoded: true,
  },
  { name: "last.mp4", tone: 300, encoded: false },
];

Deno.test("clips that differ come out right in length, size and sound", async () => {
  await inFolder(async (folder) => {
    const { output, clips, report } = await joinRecipes(folder, DIFFERENT);
    assertEquals(
      report.clips.map((clip, index) => [DIFFERENT[index]?.name, clip.reason !== ""]),
      DIFFERENT.map(({ name, encoded }) => [name, encoded]),
    );
    const measured = await measure(output);
    assertEquals([measured.width, measured.height, measured.codec], [320, 180, "h264"]);
    assertEquals([measured.fps, measured.frames], ["24/1", 240]);
    assertEquals([measured.sampleRate, measured.channels], [44100, 2]);
    const sums = await frameSums(output);
    // The copied ones are there unchanged.
    assertEquals(sums.slice(0, 24), await frameSums(clips[0] ?? ""));
    assertEquals(sums.slice(-24), await frameSums(clips.at(-1) ?? ""));
    const sound = await soundOf(output);
    for (const [index, { tone = 0, sound: length }] of DIFFERENT.entries()) {
      const expected = length === 0 ? 0 : tone;
      assertAlmostEquals(toneOf(sound, index + 0.1, index + 0.9), expected, 12, `clip ${index}`);
    }
  });
});

Deno.test("silent clips get a silent track, odd rates and rounding follow the contract", async () => {
  await inFolder(async (folder) => {
    const ntsc = { fps: "30000/1001", sound: 0 };
    const clips = await Promise.all([
      makeClip(join(folder, "a.mp4"), ntsc),
      makeClip(join(folder, "b.mp4"), ntsc),
      makeClip(join(folder, "c.mp4"), { fps: "24", sound: 0 }),
    ]);
    const output = join(folder, "out.mp4");
    const host = testHost(folder);
    const same = await concatVideos(host, { output, clips: clips.slice(0, 2) });
    assertEquals(same.clips.map((clip) => clip.reason), ["", ""]);
    assertEquals((await measure(output)).fps, "30000/1001");
    assertEquals((await measure(output)).audio, true);
    assertEquals(toneOf(await soundOf(output), 0, 2), 0);
    await concatVideos(host, { output, clips });
    assertEquals((await measure(output)).fps, "30/1");
    await concatVideos(host, { output, clips, fps: 11.6 });
    const asked = await measure(output);
    assertEquals([asked.fps, asked.frames], ["12/1", 36]);
  });
});

Deno.test("a soundtrack replaces all sound: offset, cut when long, silence when short", async () => {
  await inFolder(async (folder) => {
    const clips = await Promise.all([
      makeClip(join(folder, "a.mp4"), { tone: 300 }),
      makeClip(join(folder, "b.mp4"), { sound: 0 }),
    ]);
    const song = join(folder, "song.mp3");
    await ffmpeg([
      ...["-f", "lavfi", "-i", "sine=frequency=1000:duration=1"],
      ...["-f", "lavfi", "-i", "sine=frequency=600:duration=3"],
      ...["-filter_complex", "[0][1]concat=n=2:v=0:a=1", song],
    ]);
    const output = join(folder, "out.mp4");
    const host = testHost(folder);
    await concatVideos(host, { output, clips, soundtrack: { path: song, startSeconds: 0.5 } });
    let sound = await soundOf(output);
    assertEquals((await measure(output)).frames, 48);
    assertAlmostEquals(sound.length / 8000, 2, 0.03);
    assertAlmostEquals(toneOf(sound, 0.05, 0.4), 1000, 15);
    assertAlmostEquals(toneOf(sound, 0.7, 1.9), 600, 10);
    await concatVideos(host, { output, clips, soundtrack: { path: song, startSeconds: 3 } });
    sound = await soundOf(output);
    assertAlmostEquals(toneOf(sound, 0.1, 0.9), 600, 10);
    assertEquals(toneOf(sound, 1.2, 1.9), 0);
    assertAlmostEquals((await measure(output)).videoSeconds, 2, 0.001);
    await concatVideos(host, { output, clips, soundtrack: { path: song, startSeconds: 30 } })
      .catch((error) => assertEquals((error as AppError).code, "FFMPEG_FAILED"));
  });
});

Deno.test("sound that outlasts the pictures keeps the last one; shorter sound ends in silence", async () => {
  await inFolder(async (folder) => {
    const { output, report } = await joinRecipes(folder, [
      { name: "long.mp4", sound: 2, tone: 300 },
      { name: "short.mp4", sound: 0.5, tone: 700 },
      { name: "plain.mp4", tone: 500 },
    ]);
    assertAlmostEquals(report.seconds, 4, 0.05);
    const sound = await soundOf(output);
    assertAlmostEquals(toneOf(sound, 0.1, 1.9), 300, 5);
    assertAlmostEquals(toneOf(sound, 2.05, 2.45), 700, 15);
    assertEquals(toneOf(sound, 2.6, 2.95), 0);
    assertAlmostEquals(toneOf(sound, 3.1, 3.9), 500, 10);
  });
});

Deno.test("clips with hidden pictures, uneven times or rotation come out as they are shown", async () => {
  await inFolder(async (folder) => {
    const whole = await makeClip(join(folder, "whole.mp4"), { seconds: 2, video: ["-g", "48"] });
    const cut = join(folder, "cut.mp4");
    await ffmpeg(["-ss", "0.5", "-i", whole, "-c", "copy", cut]);
    const turned = join(folder, "turned.mp4");
    await ffmpeg(["-i", whole, "-c", "copy", "-metadata:s:v:0", "rotate=90", turned]);
    const uneven = join(folder, "uneven.mp4");
    await ffmpeg(["-i", whole, "-vf", "select='not(eq(mod(n,5),2))'", "-vsync", "vfr", uneven]);
    const output = join(folder, "out.mp4");
    const host = testHost(folder);
    const report = await concatVideos(host, { output, clips: [whole, cut, turned, uneven] });
    assertEquals(report.clips.map((clip) => clip.reason !== ""), [false, true, true, true]);
    const measured = await measure(output);
    assertEquals([measured.width, measured.height, measured.fps], [320, 180, "24/1"]);
    assert(Math.abs(measured.frames - (48 + 36 + 48 + 48)) <= 2, String(measured.frames));
  });
});

Deno.test("a failure leaves the old output and nothing else", async () => {
  await inFolder(async (folder) => {
    const clip = await makeClip(join(folder, "a.mp4"));
    const broken = join(folder, "broken.mp4");
    await writeFile(broken, "not a film");
    const output = join(folder, "out.mp4");
    await writeFile(output, "precious");
    const before = (await readdir(folder)).sort();
    const host = testHost(folder);
    const error = await assertRejects(
      () => concatVideos(host, { output, clips: [clip, broken] }),
      AppError,
    );
    assertEquals(error.code, "FFMPEG_FAILED");
    assertEquals(error.details, { outputPath: output, clips: 2 });
    const missing = join(folder, "no", "out.mp4");
    const folderError = await assertRejects(
      () => concatVideos(host, { output: missing, clips: [clip, clip] }),
      AppError,
      "does not exist",
    );
    assertEquals(folderError.code, "FFMPEG_FAILED");
    assertEquals(await readFile(output, "utf8"), "precious");
    assertEquals((await readdir(folder)).sort(), before);
  });
});

Deno.test("an interrupt stops the encoding and leaves nothing", async () => {
  await inFolder(async (folder) => {
    const clips = [
      await makeClip(join(folder, "a.mp4")),
      await makeClip(join(folder, "b.mp4"), { size: "1280x720", seconds: 10 }),
    ];
    const controller = new AbortController();
    const before = (await readdir(folder)).sort();
    const work = concatVideos(testHost(folder), { output: join(folder, "out.mp4"), clips }, {
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    const error = await assertRejects(() => work, AppError);
    assertEquals(error.code, "USER_CANCELLED");
    assertEquals((await readdir(folder)).sort(), before);
  });
});

Deno.test("other containers than MP4 are written by ffmpeg from the joined film", async () => {
  await inFolder(async (folder) => {
    const clip = await makeClip(join(folder, "a.mp4"));
    const output = join(folder, "out.mkv");
    await concatVideos(testHost(folder), { output, clips: [clip, clip] });
    assertEquals((await measure(output)).frames, 48);
    const head = (await readFile(output)).subarray(0, 4);
    assertEquals([...head], [0x1a, 0x45, 0xdf, 0xa3]);
  });
});
