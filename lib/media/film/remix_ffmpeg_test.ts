import { assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { join } from "node:path";
import { AppError } from "../../errors/app_error.ts";
import { remixAudio } from "./remix.ts";
import { remixGraph, type RemixWishes } from "./remix_graph.ts";
import { frameSums, inFolder, makeClip, measure, soundOf, testHost, toneOf } from "./test_clips.ts";

const FORMAT = "aresample=44100,aformat=sample_rates=44100:channel_layouts=stereo";

Deno.test("the filter graph", () => {
  const limiter = "amix=inputs=2:duration=longest:normalize=0,alimiter=limit=0.95:level=0[out]";
  const rows: readonly [RemixWishes, number, number | undefined, string][] = [
    [{}, 0, 4, `[0:a:0]${FORMAT}[out]`],
    [{ fadeIn: 1 }, 1, 4, `[1:a:0]${FORMAT},afade=t=in:st=0:d=1[out]`],
    [{ fadeOut: 1.5 }, 0, 4, `[0:a:0]${FORMAT},afade=t=out:st=2.5:d=1.5[out]`],
    [{ fadeOut: 9 }, 0, 4, `[0:a:0]${FORMAT},afade=t=out:st=0:d=9[out]`],
    [{ fadeOut: 9 }, 0, undefined, `[0:a:0]${FORMAT}[out]`],
    [
      { mix: "m", mixAt: 1.2345, mixGain: -6 },
      0,
      4,
      `[0:a:0]${FORMAT}[base];[1:a:0]${FORMAT},volume=-6dB,adelay=1235:all=1[extra];` +
      `[base][extra]${limiter}`,
    ],
    [
      { mix: "m", mixGain: 0, mixAt: 0 },
      1,
      4,
      `[1:a:0]${FORMAT}[base];[2:a:0]${FORMAT}[extra];[base][extra]${limiter}`,
    ],
  ];
  for (const [wishes, index, seconds, expected] of rows) {
    assertEquals(remixGraph(wishes, index, seconds), expected);
  }
});

Deno.test("remixes keep the pictures and make the sound that was asked for", async () => {
  await inFolder(async (folder) => {
    const film = await makeClip(join(folder, "film.mp4"), { seconds: 3, tone: 300 });
    const bed = await makeClip(join(folder, "bed.wav"), {
      sound: 1,
      tone: 800,
      audio: ["-c:a", "pcm_s16le"],
      more: ["-vn"],
    });
    const sting = await makeClip(join(folder, "sting.mp3"), {
      sound: 0.5,
      tone: 1500,
      audio: ["-c:a", "mp3"],
      more: ["-vn"],
    });
    const output = join(folder, "out.mp4");
    const host = testHost(folder);
    const pictures = await frameSums(film);
    const remix = async (wishes: RemixWishes) => {
      await remixAudio(host, film, output, wishes);
      assertEquals(await frameSums(output), pictures);
      const { videoSeconds, sampleRate, channels } = await measure(output);
      assertEquals([videoSeconds, sampleRate, channels], [3, 44100, 2]);
      return await soundOf(output);
    };
    const own = await remix({ fadeIn: 1, fadeOut: 1 });
    assertAlmostEquals(toneOf(own, 1.1, 1.9), 300, 5);
    assertEquals([loudness(own, 0, 0.2) < 0.3, loudness(own, 2.8, 2.95) < 0.3], [true, true]);

    const once = await remix({ bed });
    assertAlmostEquals(toneOf(once, 0.1, 0.9), 800, 10);
    assertEquals(toneOf(once, 1.2, 2.9), 0);

    const looped = await remix({ bed, loop: true });
    assertAlmostEquals(toneOf(looped, 2.1, 2.9), 800, 15);

    const mixed = await remix({ bed, mix: sting, mixAt: 2, mixGain: -3 });
    assertEquals(toneOf(mixed, 1.3, 1.9), 0);
    assertAlmostEquals(toneOf(mixed, 2.1, 2.4), 1500, 30);

    const ownLooped = await remix({ loop: true });
    assertAlmostEquals(toneOf(ownLooped, 0.1, 2.9), 300, 5);
  });
});

Deno.test("a film without sound needs a bed; a bad track is named", async () => {
  await inFolder(async (folder) => {
    const silent = await makeClip(join(folder, "silent.mp4"), { sound: 0 });
    const output = join(folder, "out.mp4");
    const host = testHost(folder);
    for (const wishes of [{}, { mix: silent }, { bed: silent }]) {
      const error = await assertRejects(() => remixAudio(host, silent, output, wishes), AppError);
      assertEquals(error.code, "FFMPEG_FAILED");
      assertEquals(error.details, { inputVideo: silent, outputVideo: output });
      assertEquals(await host.files.stat(output), undefined);
    }
    const bed = await makeClip(join(folder, "bed.m4a"), { sound: 2, more: ["-vn"] });
    const rows: [RemixWishes, string][] = [
      [{ bed: silent }, `--bed-audio ${JSON.stringify(silent)} has no sound`],
      [{ bed, mix: silent }, `--mix-audio ${JSON.stringify(silent)} has no sound`],
    ];
    for (const [wishes, reason] of rows) {
      const error = await assertRejects(() => remixAudio(host, silent, output, wishes), AppError);
      assertEquals(error.message, `The sound could not be rebuilt: ${reason}.`);
    }
    await remixAudio(host, silent, output, { bed });
    assertAlmostEquals((await soundOf(output)).length / 8000, 1, 0.05);
  });
});

/** Peak between two times, compared with the loudest sample. */
function loudness(sound: Int16Array, from: number, to: number): number {
  const peak = (part: Int16Array) => part.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
  return peak(sound.subarray(from * 8000, to * 8000)) / peak(sound);
}
