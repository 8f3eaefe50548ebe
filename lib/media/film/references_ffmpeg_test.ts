import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "../../errors/app_error.ts";
import { parseProbe, type Probe } from "../ffmpeg/probe_json.ts";
import {
  isMp3,
  isWav,
  prepareAudio,
  type PreparedMedia,
  prepareSeedanceAudio,
  prepareSeedanceVideo,
  prepareVoiceClip,
} from "./references.ts";
import { runProgram } from "../../platform/child.ts";
import { inFolder, makeClip, testHost } from "./test_clips.ts";

async function probed(folder: string, media: PreparedMedia | undefined): Promise<Probe> {
  assert(media);
  const file = join(folder, `probed-${media.fileName}`);
  await writeFile(file, media.bytes);
  const args = ["-v", "error", "-show_streams", "-show_format", "-of", "json", file];
  const found = parseProbe(
    new TextDecoder().decode((await runProgram("ffprobe", args)).stdout),
  );
  assert(found);
  return found;
}

const SOUND_ONLY = ["-vn"];

Deno.test("which files are WAV and MP3", () => {
  const bytes = (...numbers: number[]) => Uint8Array.from(numbers);
  assertEquals(["a.wav", "b.WAVE", "c.mp3", "wav"].map(isWav), [true, true, false, false]);
  const rows: readonly [string, Uint8Array, boolean][] = [
    ["a.mp3", bytes(), true],
    ["A.MP3", bytes(0, 0), true],
    ["a.m4a", bytes(0x49, 0x44, 0x33), false],
    ["a", bytes(0x49, 0x44, 0x33), true],
    ["a", bytes(0xff, 0xfb, 0x90), true],
    ["a.bin", bytes(0xff, 0xf3), true],
    ["a", bytes(0xff, 0xf1), false],
    ["a", bytes(0x52, 0x49), false],
    ["a", bytes(), false],
  ];
  for (const [name, head, expected] of rows) assertEquals(isMp3(name, head), expected, name);
});

Deno.test("voice clips and songs are converted as the contract says", async () => {
  await inFolder(async (folder) => {
    const host = testHost(folder);
    const wav = await makeClip(join(folder, "v.wav"), {
      audio: ["-c:a", "pcm_s16le"],
      more: SOUND_ONLY,
    });
    const voice = await prepareVoiceClip(host, wav);
    assertEquals([voice.contentType, voice.fileName], ["audio/mp4", "voice.m4a"]);
    const voiceFacts = await probed(folder, voice);
    assertEquals(voiceFacts.audio?.codec, "aac");
    assertEquals(voiceFacts.audio?.channels, 1);

    const mp3 = await makeClip(join(folder, "s.mp3"), { audio: ["-c:a", "mp3"], more: SOUND_ONLY });
    const song = await prepareAudio(host, mp3);
    const songFacts = await probed(folder, song);
    assertEquals([songFacts.audio?.codec, songFacts.video], ["aac", undefined]);
    assertAlmostEquals(songFacts.durationSeconds ?? 0, 1, 0.06);
  });
});

Deno.test("Seedance sound: cut, converted, or left as it is", async () => {
  await inFolder(async (folder) => {
    const host = testHost(folder);
    const mp3 = await makeClip(join(folder, "s.mp3"), {
      sound: 4,
      audio: ["-c:a", "mp3"],
      more: SOUND_ONLY,
    });
    const m4a = await makeClip(join(folder, "s.m4a"), { sound: 4, channels: 1, more: SOUND_ONLY });
    const prepare = (path: string, startSeconds: number, lengthSeconds: number) =>
      prepareSeedanceAudio(host, path, { startSeconds, lengthSeconds });
    assertEquals(await prepare(mp3, 0, 5), undefined);
    const rows: readonly [string, number, number, number][] = [
      [mp3, 0, 2, 2],
      [mp3, 1, 2, 2],
      [mp3, 3, 5, 1],
      [m4a, 0, 5, 4],
      [m4a, 1, 99, 3],
    ];
    for (const [path, start, length, expected] of rows) {
      const facts = await probed(folder, await prepare(path, start, length));
      assertAlmostEquals(facts.durationSeconds ?? 0, expected, 0.1, `${path} ${start} ${length}`);
      assertEquals([facts.audio?.codec, facts.audio?.channels], ["mp3", 2]);
      assertEquals(facts.audio?.sampleRate, 44100);
    }
  });
});

Deno.test("Seedance film: cut when it is too long or starts later, without sound", async () => {
  await inFolder(async (folder) => {
    const host = testHost(folder);
    const film = await makeClip(join(folder, "f.mp4"), { seconds: 3 });
    const prepare = (startSeconds: number, lengthSeconds: number) =>
      prepareSeedanceVideo(host, film, { startSeconds, lengthSeconds });
    assertEquals(await prepare(0, 3), undefined);
    assertEquals(await prepare(0, 2.9), undefined);
    for (const [start, length, expected] of [[0, 2, 2], [1, 1, 1], [2, 15, 1]] as const) {
      const facts = await probed(folder, await prepare(start, length));
      assertAlmostEquals(facts.durationSeconds ?? 0, expected, 0.05);
      assertEquals([facts.video?.codec, facts.audio], ["h264", undefined]);
    }
  });
});

Deno.test("each failure has its code and leaves no folder behind", async () => {
  await inFolder(async (folder) => {
    const host = testHost(folder);
    const text = join(folder, "text.wav");
    await writeFile(text, "no sound");
    const window = { startSeconds: 1, lengthSeconds: 1 };
    const rows: readonly [() => Promise<unknown>, string][] = [
      [() => prepareVoiceClip(host, text), "FFMPEG_AUDIO_ID_FAILED"],
      [() => prepareAudio(host, text), "FFMPEG_AUDIO_PREP_FAILED"],
      [() => prepareSeedanceAudio(host, text, window), "FFMPEG_SEEDANCE_AUDIO_TRIM_FAILED"],
      [
        () => prepareSeedanceAudio(host, text, { ...window, startSeconds: 0 }),
        "FFMPEG_SEEDANCE_AUDIO_PREP_FAILED",
      ],
      [() => prepareSeedanceVideo(host, text, window), "FFMPEG_SEEDANCE_V2V_PREP_FAILED"],
    ];
    const prefixes = /^sogni-(?:audio-id|ref-audio|seedance-audio|seedance-v2v)-/;
    for (const [work, code] of rows) {
      assertEquals((await assertRejects(work, AppError)).code, code);
    }
    assertEquals((await readdir(folder)).filter((name) => prefixes.test(name)), []);
  });
});
