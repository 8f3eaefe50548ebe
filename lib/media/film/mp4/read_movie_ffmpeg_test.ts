import { assert, assertEquals } from "@std/assert";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { copyableVideo } from "../clip.ts";
import { inFolder, makeClip, testHost } from "../test_clips.ts";
import { readMovie } from "./read_movie.ts";
import { makeAacEntry, readAacFormat, readVideoEntry } from "./sample_entry.ts";
import type { Movie, Track } from "./movie.ts";
import { audioTimeline, videoTimeline } from "./timeline.ts";

Deno.test("a plain file is read as it is", async () => {
  await inFolder(async (folder) => {
    const host = testHost(folder);
    for (const more of [[], ["-movflags", "+faststart"]]) {
      const path = await makeClip(join(folder, "a.mp4"), {
        video: ["-c:v", "libx264", "-bf", "2", "-pix_fmt", "yuv420p"],
        more,
      });
      const movie = await readMovie(host.files, path);
      assert(movie?.video && movie.audio);
      assertEquals([movie.video.codec, movie.video.width, movie.video.height], ["avc1", 320, 180]);
      assertEquals(movie.video.samples.sizes.length, 24);
      assertEquals(videoTimeline(movie), { delay: 1024, frame: 512, length: 12288 });
      assertEquals(readAacFormat(movie.audio), { sampleRate: 44100, channels: 2 });
      assertEquals(audioTimeline(movie), { lead: 0, skip: 1024, length: 44100, packet: 1024 });
      assert(readVideoEntry(movie.video)?.parameterSets);
    }
  });
});

Deno.test("what is not plain is left to ffmpeg", async () => {
  await inFolder(async (folder) => {
    const host = testHost(folder);
    const rows = {
      "fragments.mp4": { more: ["-movflags", "frag_keyframe+empty_moov"] },
      "film.mkv": {},
      "two.mp4": { more: ["-map", "0", "-map", "0", "-map", "1"] },
    };
    for (const [name, recipe] of Object.entries(rows)) {
      const path = await makeClip(join(folder, name), recipe);
      assertEquals(await readMovie(host.files, path), undefined, name);
    }
    await writeFile(join(folder, "empty"), "");
    assertEquals(await readMovie(host.files, join(folder, "empty")), undefined);
    assertEquals(await readMovie(host.files, join(folder, "absent")), undefined);
    assertEquals(await readMovie(host.files, folder), undefined);
  });
});

Deno.test("damaged headers never throw, hang or point out of the file", async () => {
  await inFolder(async (folder) => {
    const path = await makeClip(join(folder, "a.mp4"), {
      size: "64x64",
      seconds: 0.5,
      more: ["-movflags", "+faststart"],
    });
    const whole = new Uint8Array(await readFile(path));
    const headerEnd = new DataView(whole.buffer).getUint32(32) + 32;
    let random = 12345;
    const next = (below: number) => {
      random = (random * 1103515245 + 12345) % 2147483648;
      return Math.floor(random / 65536) % below;
    };
    let read = 0;
    for (let round = 0; round < 400; round++) {
      const bytes = round % 4 === 0 ? whole.slice(0, next(whole.length)) : whole.slice();
      for (let change = 0; change < 1 + round % 3; change++) {
        const at = next(Math.min(headerEnd, bytes.length) || 1);
        if (at < bytes.length) bytes[at] = [0, 255, 127, next(256)][next(4)] ?? 0;
      }
      const movie = await readMovie(memoryFile(bytes), "memory");
      if (!movie) continue;
      read++;
      for (const track of [movie.video, movie.audio]) checkTrack(track, movie);
    }
    assert(read > 20 && read < 380, `${read} of 400 were readable`);
  });
});

/** Uses everything that a join would use. */
function checkTrack(track: Track | undefined, movie: Movie): void {
  if (!track) return;
  const { offsets, sizes, durations, compositions, sync } = track.samples;
  assertEquals(
    new Set([offsets, sizes, durations, compositions, sync].map((a) => a.length)).size,
    1,
  );
  if (track.kind === "audio") readAacFormat(track);
  copyableVideo(movie);
  audioTimeline(movie);
}

function memoryFile(bytes: Uint8Array<ArrayBuffer>) {
  return {
    readRange: (_: string, offset: number, length: number) =>
      Promise.resolve(bytes.slice(offset, offset + length)),
    stat: () =>
      Promise.resolve({
        kind: "file" as const,
        size: bytes.length,
        mode: 0,
        modifiedAt: 0,
        uid: 0,
      }),
  };
}

Deno.test("an AAC entry that is made is read back", () => {
  for (const sampleRate of [8000, 22050, 44100, 48000, 96000]) {
    for (const channels of [1, 2, 6]) {
      const format = { sampleRate, channels };
      const entry = makeAacEntry(format);
      const track = { codec: "mp4a", entry } as Track;
      assertEquals(readAacFormat(track), format);
    }
  }
});
