/** Lays out an MP4 file: header first, then the samples of all tracks interleaved by time. */
import type { FilePart } from "../../../platform/host.ts";
import { ascii, makeBox, words } from "./boxes.ts";
import { type OutputTrack, sampleSize } from "./output_movie.ts";
import type { FilmTags } from "./tags_box.ts";
import { type Chunk, type ChunkTable, movieBox } from "./movie_box.ts";

/** Seconds of one track that lie together. */
const CHUNK_SECONDS = 0.5;
const FOUR_GIGABYTES = 0xffff_ffff;

/** The pieces of the file, in order. */
export function layOutMovie(tracks: readonly OutputTrack[], tags?: FilmTags): FilePart[] {
  const chunks = tracks.flatMap((track, index) => cutIntoChunks(track, index))
    .sort((a, b) => a.seconds - b.seconds || a.track - b.track);
  let size = 0;
  for (const chunk of chunks) {
    chunk.offset = size;
    size += chunk.size;
  }
  const typeBox = makeBox("ftyp", ascii("isom"), words([0x200]), ascii("isomiso2avc1mp41"));
  const long = size > FOUR_GIGABYTES - 64 * 1024 * 1024;
  const tables = tracks.map((_, index) => chunks.filter((chunk) => chunk.track === index));
  const dataHeader = long
    ? new Uint8Array([
      ...words([1]),
      ...ascii("mdat"),
      ...words([(size + 16) / 2 ** 32, size + 16]),
    ])
    : new Uint8Array([...words([size + 8]), ...ascii("mdat")]);
  // The header's length does not depend on the numbers in it, so it is made twice.
  const place = (base: number): ChunkTable[] =>
    tables.map((table) => ({ chunks: table, base, long }));
  const headerSize = movieBox(tracks, place(0), tags).length;
  const base = typeBox.length + headerSize + dataHeader.length;
  return [
    { bytes: typeBox },
    { bytes: movieBox(tracks, place(base), tags) },
    { bytes: dataHeader },
    ...joinParts(tracks, chunks),
  ];
}

function cutIntoChunks(track: OutputTrack, index: number): Chunk[] {
  const chunks: Chunk[] = [];
  const limit = CHUNK_SECONDS * track.timescale;
  let chunk: Chunk | undefined;
  let time = 0;
  let started = 0;
  for (const [position, sample] of track.samples.entries()) {
    if (!chunk || time - started >= limit || sample.entry !== chunk.entry) {
      started = time;
      chunk = {
        track: index,
        first: position,
        count: 0,
        entry: sample.entry,
        seconds: time / track.timescale,
        size: 0,
        offset: 0,
      };
      chunks.push(chunk);
    }
    chunk.count++;
    chunk.size += sampleSize(sample);
    time += sample.duration;
  }
  return chunks;
}

/** Pieces that follow each other in one file become one piece. */
function joinParts(tracks: readonly OutputTrack[], chunks: readonly Chunk[]): FilePart[] {
  const parts: FilePart[] = [];
  let open: { path: string; offset: number; length: number } | undefined;
  for (const chunk of chunks) {
    const samples = tracks[chunk.track]?.samples.slice(chunk.first, chunk.first + chunk.count);
    for (const sample of samples ?? []) {
      if (sample.bytes && sample.bytes.length > 0) {
        parts.push({ bytes: sample.bytes });
        open = undefined;
      }
      if (sample.path === undefined || sample.size === 0) continue;
      if (open?.path === sample.path && open.offset + open.length === sample.offset) {
        open.length += sample.size;
        continue;
      }
      open = { path: sample.path, offset: sample.offset, length: sample.size };
      parts.push(open);
    }
  }
  return parts;
}
