/** Builds the header (`moov`) of an MP4 file. */
import { ascii, makeBox, makeFullBox, words } from "./boxes.ts";
import type { OutputTrack } from "./output_movie.ts";
import { sampleTableBox } from "./sample_table_box.ts";
import { type FilmTags, tagsBox } from "./tags_box.ts";

/** Samples of one track that lie together in the file. */
export interface Chunk {
  readonly track: number;
  /** Index of its first sample. */
  readonly first: number;
  count: number;
  readonly entry: number;
  /** When it starts. */
  readonly seconds: number;
  size: number;
  /** From the start of the sample data. */
  offset: number;
}

/** Where the chunks of one track lie. */
export interface ChunkTable {
  readonly chunks: readonly Chunk[];
  /** Position of the sample data in the file. */
  readonly base: number;
  /** True when offsets need 64 bits. */
  readonly long: boolean;
}

const IDENTITY = words([0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x4000_0000]);
/** The language code "und". */
const UNDETERMINED = 0x55c4;

/** @param tables one for each track */
export function movieBox(
  tracks: readonly OutputTrack[],
  tables: readonly ChunkTable[],
  tags?: FilmTags,
): Uint8Array<ArrayBuffer> {
  const timescale = tracks[0]?.timescale ?? 1000;
  const inMovie = (track: OutputTrack, units: number) =>
    Math.round(units * timescale / track.timescale);
  const duration = Math.max(...tracks.map((track) => inMovie(track, track.length)));
  const header = makeFullBox(
    "mvhd",
    1,
    0,
    words([0, 0, 0, 0, timescale, ...long(duration), 0x10000, 0x0100_0000, 0, 0]),
    IDENTITY,
    words([0, 0, 0, 0, 0, 0, tracks.length + 1]),
  );
  const boxes = tracks.map((track, index) => {
    const table = tables[index];
    if (!table) throw new RangeError("a track without chunks");
    return trackBox(track, index + 1, inMovie(track, track.length), table);
  });
  return makeBox("moov", header, ...boxes, ...(tags ? [tagsBox(tags)] : []));
}

function trackBox(
  track: OutputTrack,
  id: number,
  duration: number,
  table: ChunkTable,
): Uint8Array<ArrayBuffer> {
  const sound = track.kind === "audio";
  const header = makeFullBox(
    "tkhd",
    1,
    3,
    words([0, 0, 0, 0, id, 0, ...long(duration), 0, 0, 0, sound ? 0x0100_0000 : 0]),
    sound ? IDENTITY : track.matrix,
    words([track.width * 65536, track.height * 65536]),
  );
  const edit = makeFullBox(
    "elst",
    1,
    0,
    words([1, ...long(duration), ...long(track.start), 65536]),
  );
  return makeBox("trak", header, makeBox("edts", edit), mediaBox(track, table));
}

function mediaBox(track: OutputTrack, table: ChunkTable): Uint8Array<ArrayBuffer> {
  const sound = track.kind === "audio";
  const duration = track.samples.reduce((total, sample) => total + sample.duration, 0);
  const header = makeFullBox(
    "mdhd",
    1,
    0,
    words([0, 0, 0, 0, track.timescale, ...long(duration), UNDETERMINED << 16]),
  );
  const handler = makeFullBox(
    "hdlr",
    0,
    0,
    words([0]),
    ascii(sound ? "soun" : "vide"),
    words([0, 0, 0]),
    ascii(sound ? "SoundHandler\0" : "VideoHandler\0"),
  );
  const kindHeader = sound
    ? makeFullBox("smhd", 0, 0, words([0]))
    : makeFullBox("vmhd", 0, 1, words([0, 0]));
  const reference = makeFullBox("dref", 0, 0, words([1]), makeFullBox("url ", 0, 1));
  return makeBox(
    "mdia",
    header,
    handler,
    makeBox("minf", kindHeader, makeBox("dinf", reference), sampleTableBox(track, table)),
  );
}

/** A 64-bit number as two words. */
function long(value: number): [number, number] {
  return [Math.floor(value / 2 ** 32), value % 2 ** 32];
}
