import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { readMovie } from "../../media/film/mp4/read_movie.ts";
import { copyableAudio, copyableVideo } from "../../media/film/clip.ts";
import { frameSums, inFolder, measure, testHost } from "../../media/film/test_clips.ts";
import { runProgram as run } from "../../platform/child.ts";
import { paintPicture } from "../paint/paint.ts";
import type { RenderJob } from "../artist/artist.ts";
import { type FilmRequest, renderFilm } from "./film.ts";
import { renderMedia } from "./media_artist.ts";
import { renderMusic, renderPcm } from "./music.ts";
import { composePhrase } from "./phrase.ts";

interface Probed {
  streams: Record<string, string>[];
  format: { duration: string; tags: Record<string, string> };
}

async function probed(path: string): Promise<Probed> {
  const args = ["-v", "error", "-show_streams", "-show_format", "-of", "json", path];
  return JSON.parse(new TextDecoder().decode((await run("ffprobe", args)).stdout));
}

Deno.test("films have exactly the size, rate, pictures and tags asked for", async () => {
  await inFolder(async (folder) => {
    const base = { withAudio: true, prompt: 'a "fox" = ünï', seed: 7, run };
    const rows: readonly [Partial<FilmRequest>, Partial<Record<string, unknown>>][] = [
      [{ fps: 16, frames: 17 }, { fps: "16/1", frames: 17, videoSeconds: 1.0625, audio: true }],
      [{ fps: 32, durationSeconds: 0.5, withAudio: false }, { frames: 16, audio: false }],
      [{ fps: 23.976, frames: 6 }, { fps: "24000/1001", frames: 6 }],
      [{ fps: 24, frames: 1 }, { frames: 1 }],
      [{ fps: 25, frames: 3, width: 101, height: 67 }, { width: 101, height: 67, frames: 3 }],
    ];
    for (const [request, expected] of rows) {
      const path = join(folder, "film.mp4");
      const bytes = await renderFilm({ width: 160, height: 96, fps: 24, ...base, ...request });
      await writeFile(path, bytes);
      const measured = await measure(path);
      for (const [key, value] of Object.entries(expected)) {
        assertEquals(
          measured[key as keyof typeof measured],
          value,
          `${JSON.stringify(request)} ${key}`,
        );
      }
      const { tags } = (await probed(path)).format;
      assertEquals(tags.title, base.prompt);
      assert(tags.comment?.includes("sandbox"));
    }
  });
});

Deno.test("every picture of a film differs, and such films are joined without encoding", async () => {
  await inFolder(async (folder) => {
    const path = join(folder, "film.mp4");
    const request = { width: 320, height: 192, fps: 16, prompt: "x", seed: 1, run };
    await writeFile(path, await renderFilm({ ...request, frames: 33, withAudio: true }));
    const sums = await frameSums(path);
    assertEquals(new Set(sums).size, 33);
    const movie = await readMovie(testHost(folder).files, path);
    assert(movie && copyableVideo(movie) && copyableAudio(movie));
  });
});

Deno.test("a film starts with the picture that was given", async () => {
  await inFolder(async (folder) => {
    const picture = {
      width: 128,
      height: 128,
      format: "png",
      model: "m",
      projectId: "p",
      index: 0,
    };
    const { bytes } = await paintPicture({ ...picture, prompt: "red", seed: 1 });
    const film = (firstFrame?: Uint8Array) =>
      renderFilm({
        width: 128,
        height: 128,
        fps: 8,
        frames: 20,
        withAudio: false,
        prompt: "blue",
        seed: 99,
        run,
        ...(firstFrame ? { firstFrame } : {}),
      });
    const still = join(folder, "still.png");
    await writeFile(still, bytes);
    const likeness = async (name: string, firstFrame?: Uint8Array) => {
      const path = join(folder, name);
      await writeFile(path, await film(firstFrame));
      const filter = "[0:v]trim=end_frame=1,format=rgb24[a];[1:v]format=rgb24[b];[a][b]psnr";
      const args = ["-i", path, "-i", still, "-lavfi", filter, "-frames:v", "1", "-f", "null", "-"];
      const { stderr } = await run("ffmpeg", ["-hide_banner", ...args]);
      return Number(/average:([\d.]+)/.exec(stderr)?.[1]);
    };
    const given = await likeness("given.mp4", bytes);
    const other = await likeness("other.mp4");
    assert(given > 24 && other < 20, `${given} dB and ${other} dB`);
    // What cannot be decoded is not an error: a picture is drawn instead.
    assert((await film(new Uint8Array([1, 2, 3]))).length > 1000);
  });
});

Deno.test("music has the length, the format and the tags asked for", async () => {
  await inFolder(async (folder) => {
    const rows = [["mp3", "mp3", 0.06], ["flac", "flac", 0.001], [
      "wav",
      "pcm_s16le",
      0.001,
    ]] as const;
    for (const [format, codec, tolerance] of rows) {
      for (const durationSeconds of [1, 20]) {
        const path = join(folder, `a.${format}`);
        const request = { format, durationSeconds, bpm: 97, seed: 3, prompt: 'é "=', run };
        await writeFile(path, await renderMusic(request));
        const { streams, format: facts } = await probed(path);
        assertEquals(streams[0]?.codec_name, codec);
        assertAlmostEquals(Number(facts.duration), durationSeconds, tolerance, format);
        const tags = Object.fromEntries(
          Object.entries(facts.tags).map(([key, value]) => [key.toLowerCase(), value]),
        );
        assertEquals(tags.title, 'é "=');
        assert(tags.comment?.includes("sandbox"));
      }
    }
  });
});

Deno.test("the same seed sounds the same, another one does not, and nothing clips to silence", () => {
  const phrase = (seed: number, bpm = 120) =>
    composePhrase({ seed, prompt: "p", bpm, maxSeconds: 30 });
  assertEquals(phrase(1), phrase(1));
  assert(phrase(1).join() !== phrase(2).join());
  assertEquals(phrase(1, 60).length, 16 * 44100 * 2);
  assert(phrase(1).some((value) => Math.abs(value) > 3000));
  const pcm = renderPcm({ durationSeconds: 10, seed: 1 });
  assertEquals(pcm.length, 10 * 44100 * 2);
  assertEquals(Math.abs(pcm.at(-1) ?? 99) < 10, true);
});

Deno.test("jobs of the sandbox become files", async () => {
  const job: RenderJob = {
    kind: "video",
    prompt: "p",
    seed: 1,
    width: 64,
    height: 64,
    format: "mp4",
    model: "m",
    projectId: "p",
    index: 0,
    fps: 8,
    frames: 4,
    inputs: new Map(),
  };
  const film = await renderMedia(job, run);
  assertEquals([film.contentType, new TextDecoder().decode(film.bytes.subarray(4, 8))], [
    "video/mp4",
    "ftyp",
  ]);
  const sound = await renderMedia({ ...job, kind: "audio", format: "wav", duration: 1 }, run);
  assertEquals([sound.contentType, sound.bytes.length > 170_000], ["audio/wav", true]);
  await assertRejects(() => renderMedia(job, run, "/no/such/ffmpeg"), Error);
  await assertRejects(() => renderMedia(job, run, "/bin/false"), Error, "ffmpeg failed");
});
