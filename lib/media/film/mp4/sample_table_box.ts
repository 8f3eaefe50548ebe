/** Folds the samples of a track into the run-length tables of `stbl`. */
import { makeBox, makeFullBox, words } from "./boxes.ts";
import type { ChunkTable } from "./movie_box.ts";
import { type OutputTrack, sampleSize } from "./output_movie.ts";

/** The sample table of a track. */
export function sampleTableBox(track: OutputTrack, table: ChunkTable): Uint8Array<ArrayBuffer> {
  const { samples } = track;
  const compositions = samples.map((sample) => sample.composition);
  const keyFrames = samples.flatMap((sample, index) => sample.sync ? [index + 1] : []);
  const boxes = [
    makeFullBox("stsd", 0, 0, words([track.entries.length]), ...track.entries),
    runs("stts", 0, samples.map((sample) => sample.duration)),
  ];
  if (compositions.some((offset) => offset !== 0)) {
    boxes.push(runs("ctts", compositions.some((offset) => offset < 0) ? 1 : 0, compositions));
  }
  if (keyFrames.length < samples.length) {
    boxes.push(makeFullBox("stss", 0, 0, words([keyFrames.length]), words(keyFrames)));
  }
  boxes.push(
    samplesInChunks(table),
    makeFullBox("stsz", 0, 0, words([0, samples.length]), words(samples.map(sampleSize))),
    chunkOffsets(table),
  );
  return makeBox("stbl", ...boxes);
}

/** Equal neighbours become one pair of (count, value). */
function runs(type: string, version: number, values: readonly number[]): Uint8Array<ArrayBuffer> {
  const pairs: number[] = [];
  for (const value of values) {
    const last = pairs.length - 1;
    if (last > 0 && pairs[last] === value) pairs[last - 1] = (pairs[last - 1] ?? 0) + 1;
    else pairs.push(1, value);
  }
  return makeFullBox(type, version, 0, words([pairs.length / 2]), words(pairs));
}

function samplesInChunks(table: ChunkTable): Uint8Array<ArrayBuffer> {
  const rows: number[] = [];
  for (const [index, chunk] of table.chunks.entries()) {
    const before = table.chunks[index - 1];
    if (before?.count === chunk.count && before.entry === chunk.entry) continue;
    rows.push(index + 1, chunk.count, chunk.entry + 1);
  }
  return makeFullBox("stsc", 0, 0, words([rows.length / 3]), words(rows));
}

function chunkOffsets(table: ChunkTable): Uint8Array<ArrayBuffer> {
  const offsets = table.chunks.map((chunk) => table.base + chunk.offset);
  const numbers = table.long
    ? offsets.flatMap((offset) => [Math.floor(offset / 2 ** 32), offset % 2 ** 32])
    : offsets;
  return makeFullBox(
    table.long ? "co64" : "stco",
    0,
    0,
    words([offsets.length]),
    words(numbers),
  );
}
