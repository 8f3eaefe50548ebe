/** Turns a raw H.264 stream into samples of an MP4 file. */
import { bytesOf, makeBox, words } from "./boxes.ts";
import type { OutputSample } from "./output_movie.ts";

/** A raw stream, taken apart. */
export interface H264Stream {
  /** The `avc1` entry. */
  readonly entry: Uint8Array<ArrayBuffer>;
  /** One for each picture, in decoding order; `duration` is what was asked for. */
  readonly samples: OutputSample[];
}

const SLICE = 1;
const KEY_SLICE = 5;
const SEQUENCE_PARAMETERS = 7;
const PICTURE_PARAMETERS = 8;
const DELIMITER = 9;

/**
 * @param stream Annex B with an access unit delimiter before each picture and no reordering
 * @param duration units of one picture
 * @throws RangeError when the stream holds no pictures
 */
export function readAnnexB(
  stream: Uint8Array<ArrayBuffer>,
  size: { width: number; height: number },
  duration: number,
): H264Stream {
  const sets = new Map<number, Uint8Array>();
  const samples: OutputSample[] = [];
  let picture: Uint8Array[] = [];
  let sync = false;
  const finish = () => {
    if (picture.length > 0) {
      const bytes = withLengths(picture);
      samples.push({ offset: 0, size: 0, bytes, duration, composition: 0, sync, entry: 0 });
    }
    picture = [];
    sync = false;
  };
  for (const unit of splitUnits(stream)) {
    const type = (unit[0] ?? 0) & 31;
    if (type === DELIMITER) finish();
    if (type === SEQUENCE_PARAMETERS || type === PICTURE_PARAMETERS) sets.set(type, unit);
    if (type === KEY_SLICE) sync = true;
    if (type === SLICE || type === KEY_SLICE) picture.push(unit);
  }
  finish();
  const sps = sets.get(SEQUENCE_PARAMETERS);
  const pps = sets.get(PICTURE_PARAMETERS);
  if (!sps || !pps || samples.length === 0) throw new RangeError("no pictures in the stream");
  return { entry: avcEntry(size, sps, pps), samples };
}

/** The units between the start codes `00 00 01`. */
function* splitUnits(stream: Uint8Array<ArrayBuffer>): Generator<Uint8Array> {
  let start = -1;
  for (let at = stream.indexOf(1, 2); at > 0; at = stream.indexOf(1, at + 1)) {
    if (stream[at - 1] !== 0 || stream[at - 2] !== 0) continue;
    if (start >= 0) yield withoutTrailingZeros(stream.subarray(start, at - 2));
    start = at + 1;
  }
  if (start >= 0) yield withoutTrailingZeros(stream.subarray(start));
}

function withoutTrailingZeros(unit: Uint8Array): Uint8Array {
  let end = unit.length;
  while (end > 0 && unit[end - 1] === 0) end--;
  return unit.subarray(0, end);
}

function withLengths(units: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(units.reduce((sum, unit) => sum + unit.length + 4, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const unit of units) {
    view.setUint32(at, unit.length);
    bytes.set(unit, at + 4);
    at += unit.length + 4;
  }
  return bytes;
}

function avcEntry(
  size: { width: number; height: number },
  sps: Uint8Array,
  pps: Uint8Array,
): Uint8Array<ArrayBuffer> {
  const fields = new DataView(new ArrayBuffer(78));
  fields.setUint16(6, 1);
  fields.setUint16(24, size.width);
  fields.setUint16(26, size.height);
  fields.setUint32(28, 0x48_0000);
  fields.setUint32(32, 0x48_0000);
  fields.setUint16(40, 1);
  fields.setUint16(74, 24);
  fields.setUint16(76, 0xffff);
  const configuration = Uint8Array.from([
    ...[1, sps[1] ?? 0, sps[2] ?? 0, sps[3] ?? 0, 0xff],
    ...[0xe1, sps.length >> 8, sps.length & 255, ...sps],
    ...[1, pps.length >> 8, pps.length & 255, ...pps],
    ...highProfileFields(sps),
  ]);
  const square = makeBox("pasp", words([1, 1]));
  return makeBox("avc1", bytesOf(fields), makeBox("avcC", configuration), square);
}

/** The high profiles repeat the colour format: 4:2:0 (or 4:4:4 for profile 244) in eight bits. */
function highProfileFields(sps: Uint8Array): number[] {
  const profile = sps[1] ?? 0;
  if (profile < 100) return [];
  return [profile === 244 ? 0xff : 0xfd, 0xf8, 0xf8, 0];
}
