import { assertEquals } from "@std/assert";
import { readMovie } from "./read_movie.ts";
import { layOutMovie } from "./write_movie.ts";
import type { OutputSample, OutputTrack } from "./output_movie.ts";
import { makeAacEntry } from "./sample_entry.ts";
import { readAdts } from "./adts.ts";
import { readAnnexB } from "./annexb.ts";

function bytes(length: number, value: number): Uint8Array {
  return new Uint8Array(length).fill(value);
}

const SAMPLE = { offset: 0, size: 0, composition: 0, sync: true, entry: 0 };

function track(kind: "video" | "audio", samples: OutputSample[]): OutputTrack {
  return {
    kind,
    timescale: 1000,
    entries: [makeAacEntry({ sampleRate: 44100, channels: 2 })],
    width: 16,
    height: 16,
    matrix: new Uint8Array(36),
    samples,
    start: 5,
    length: 700,
  };
}

async function readBack(parts: ReturnType<typeof layOutMovie>) {
  const pieces = parts.map((part) => "bytes" in part ? part.bytes : bytes(part.length, 0xee));
  const file = new Uint8Array(await new Blob(pieces as BlobPart[]).arrayBuffer());
  const files = {
    readRange: (_: string, at: number, length: number) =>
      Promise.resolve(file.slice(at, at + length)),
    stat: () =>
      Promise.resolve({ kind: "file" as const, size: file.length, mode: 0, modifiedAt: 0, uid: 0 }),
  };
  return { file, movie: await readMovie(files, "memory") };
}

Deno.test("what is written is read back sample by sample", async () => {
  const samples = Array.from({ length: 40 }, (_, index): OutputSample => ({
    ...SAMPLE,
    bytes: bytes(index + 1, index),
    duration: index < 20 ? 40 : 50,
    composition: index % 3 * 10 - (index === 7 ? 15 : 0),
    sync: index % 10 === 0,
  }));
  const sound = Array.from({ length: 9 }, (_, index): OutputSample => ({
    ...SAMPLE,
    bytes: bytes(3, 200 + index),
    duration: 100,
  }));
  const { file, movie } = await readBack(
    layOutMovie([track("video", samples), track("audio", sound)]),
  );
  for (const [read, written] of [[movie?.video, samples], [movie?.audio, sound]] as const) {
    const table = read?.samples;
    assertEquals(
      written.map((_, index) => {
        const offset = table?.offsets[index] ?? 0;
        return {
          ...SAMPLE,
          bytes: file.slice(offset, offset + (table?.sizes[index] ?? 0)),
          duration: table?.durations[index],
          composition: table?.compositions[index],
          sync: table?.sync[index] === 1,
        };
      }),
      written.map((sample) => ({ ...sample, bytes: Uint8Array.from(sample.bytes ?? []) })),
    );
    assertEquals(read?.edits, [{ duration: 700, mediaTime: 5, normalRate: true }]);
  }
});

Deno.test("samples that follow each other in a file become one piece", () => {
  const at = (offset: number, size: number): OutputSample => ({
    ...SAMPLE,
    path: "/a",
    offset,
    size,
    duration: 100,
  });
  const parts = layOutMovie([track("video", [at(10, 5), at(15, 5), at(30, 1), at(31, 2)])]);
  assertEquals(parts.slice(3), [
    { path: "/a", offset: 10, length: 10 },
    { path: "/a", offset: 30, length: 3 },
  ]);
});

Deno.test("raw AAC is cut into packets, up to the first damage", () => {
  const packet = (length: number, value: number) => {
    const total = length + 7;
    return [0xff, 0xf1, 0x50, 0x80 | total >> 11, total >> 3 & 255, (total & 7) << 5, 0xfc]
      .concat(Array<number>(length).fill(value));
  };
  const stream = Uint8Array.from([...packet(3, 1), ...packet(300, 2), 0xff, 0xf1, 0]);
  assertEquals(readAdts(stream).map((sample) => [sample.bytes?.length, sample.bytes?.[0]]), [
    [3, 1],
    [300, 2],
  ]);
  assertEquals(readAdts(new Uint8Array()), []);
});

Deno.test("raw H.264 is cut into pictures", () => {
  const unit = (...body: number[]) => [0, 0, 0, 1, ...body];
  const stream = Uint8Array.from([
    ...[...unit(9, 16), ...unit(0x67, 66, 0, 10, 1), ...unit(0x68, 7), ...unit(0x65, 8, 8)],
    ...[...unit(9, 16), ...unit(0x41, 1), 0, 0, 1, 0x41, 2, 0],
  ]);
  const { samples, entry } = readAnnexB(stream, { width: 64, height: 32 }, 512);
  assertEquals(samples.map((sample) => [[...sample.bytes ?? []], sample.sync, sample.duration]), [
    [[0, 0, 0, 3, 0x65, 8, 8], true, 512],
    [[0, 0, 0, 2, 0x41, 1, 0, 0, 0, 2, 0x41, 2], false, 512],
  ]);
  assertEquals([...entry.subarray(4, 8)], [..."avc1"].map((letter) => letter.charCodeAt(0)));
});
