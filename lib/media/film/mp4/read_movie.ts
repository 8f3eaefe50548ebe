/** Reads the structure of an MP4 file without touching its pictures and sound. */
import type { HostFiles } from "../../../platform/host.ts";
import { type Box, findBox, fourCharacters, needBox, NotPlain, part, readBoxes } from "./boxes.ts";
import type { Edit, Movie, Track } from "./movie.ts";
import { readSamples } from "./sample_tables.ts";

const MAX_MOOV_BYTES = 64 * 1024 * 1024;
const MAX_TOP_BOXES = 4096;

/**
 * The movie in a file.
 *
 * @returns `undefined` for anything that is not a plain, complete, unencrypted and unfragmented
 * file with at most one video track: ffmpeg takes care of those
 */
export async function readMovie(
  files: Pick<HostFiles, "readRange" | "stat">,
  path: string,
): Promise<Movie | undefined> {
  try {
    const moov = await findMoov(files, path);
    return moov && parseMoov(path, moov.view, moov.fileSize);
  } catch (error) {
    // A RangeError is a number that points out of its box.
    if (error instanceof NotPlain || error instanceof RangeError) return undefined;
    throw error;
  }
}

async function findMoov(
  files: Pick<HostFiles, "readRange" | "stat">,
  path: string,
): Promise<{ view: DataView<ArrayBuffer>; fileSize: number } | undefined> {
  const info = await files.stat(path);
  if (info?.kind !== "file") return undefined;
  const fileSize = info.size;
  // One read brings the whole header of most files that are laid out for streaming.
  const start = await files.readRange(path, 0, Math.min(fileSize, 64 * 1024));
  if (start.length < 8 || fourCharacters(viewOf(start), 4) !== "ftyp") return undefined;
  const read = async (at: number, length: number) =>
    at + length <= start.length
      ? viewOf(start.slice(at, at + length))
      : viewOf(await files.readRange(path, at, length));
  for (let at = 0, count = 0; at + 8 <= fileSize && count < MAX_TOP_BOXES; count++) {
    const header = await read(at, Math.min(16, fileSize - at));
    const type = fourCharacters(header, 4);
    let headerSize = 8;
    let size = header.getUint32(0);
    if (size === 1) {
      size = Number(header.getBigUint64(8));
      headerSize = 16;
    } else if (size === 0) {
      size = fileSize - at;
    }
    if (size < headerSize || type === "moof" || at + size > fileSize) return undefined;
    if (type === "moov") {
      if (size > MAX_MOOV_BYTES) return undefined;
      return { view: await read(at + headerSize, size - headerSize), fileSize };
    }
    at += size;
  }
  return undefined;
}

function parseMoov(path: string, moov: DataView<ArrayBuffer>, fileSize: number): Movie {
  const boxes = readBoxes(moov);
  if (findBox(boxes, "mvex")) throw new NotPlain("fragments");
  const header = needBox(boxes, "mvhd");
  const timescale = header.getUint32(header.getUint8(0) === 1 ? 20 : 12);
  const tracks = boxes.filter((box) => box.type === "trak")
    .map((box) => parseTrack(readBoxes(box.data), fileSize))
    .filter((track) => track !== undefined);
  const videos = tracks.filter((track) => track.kind === "video");
  if (videos.length > 1 || timescale === 0) throw new NotPlain("more than one video track");
  return {
    path,
    timescale,
    video: videos[0],
    audio: tracks.find((track) => track.kind === "audio"),
  };
}

/** A track of pictures or sound; others are left out. */
function parseTrack(trak: readonly Box[], fileSize: number): Track | undefined {
  const mdia = readBoxes(needBox(trak, "mdia"));
  const handler = fourCharacters(needBox(mdia, "hdlr"), 8);
  if (handler !== "vide" && handler !== "soun") return undefined;
  const kind = handler === "vide" ? "video" : "audio";
  const mdhd = needBox(mdia, "mdhd");
  const timescale = mdhd.getUint32(mdhd.getUint8(0) === 1 ? 20 : 12);
  if (timescale === 0) throw new NotPlain("no timescale");
  const stbl = readBoxes(needBox(readBoxes(needBox(mdia, "minf")), "stbl"));
  const stsd = needBox(stbl, "stsd");
  if (stsd.getUint32(4) !== 1) throw new NotPlain("several sample descriptions");
  const entry = part(stsd, 8, stsd.getUint32(8));
  const tkhd = needBox(trak, "tkhd");
  return {
    kind,
    timescale,
    entry: new Uint8Array(
      entry.buffer.slice(entry.byteOffset, entry.byteOffset + entry.byteLength),
    ),
    codec: fourCharacters(entry, 4),
    width: kind === "video" ? entry.getUint16(32) : 0,
    height: kind === "video" ? entry.getUint16(34) : 0,
    channels: kind === "audio" ? entry.getUint16(24) : 0,
    sampleRate: kind === "audio" ? entry.getUint16(32) : 0,
    matrix: matrixOf(tkhd),
    edits: readEdits(trak),
    samples: readSamples(stbl, fileSize),
  };
}

function matrixOf(tkhd: DataView<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const at = tkhd.byteOffset + (tkhd.getUint8(0) === 1 ? 52 : 40);
  return new Uint8Array(tkhd.buffer.slice(at, at + 36));
}

function readEdits(trak: readonly Box[]): Edit[] {
  const edts = findBox(trak, "edts");
  const elst = edts && findBox(readBoxes(edts), "elst");
  if (!elst) return [];
  const long = elst.getUint8(0) === 1;
  const count = elst.getUint32(4);
  const size = long ? 20 : 12;
  if (8 + count * size > elst.byteLength) throw new NotPlain("a cut edit list");
  return Array.from({ length: count }, (_, index) => {
    const at = 8 + index * size;
    return {
      duration: long ? Number(elst.getBigUint64(at)) : elst.getUint32(at),
      mediaTime: long ? Number(elst.getBigInt64(at + 8)) : elst.getInt32(at + 4),
      normalRate: elst.getUint32(at + size - 4) === 0x10000,
    };
  });
}

function viewOf(bytes: Uint8Array<ArrayBuffer>): DataView<ArrayBuffer> {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
