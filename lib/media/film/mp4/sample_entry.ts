/** What a sample entry says about its stream, and when two of them are the same. */
import { bytesOf, findBox, makeBox, NotPlain, part, readBoxes } from "./boxes.ts";
import type { Track } from "./movie.ts";

/** Pictures, as far as joining needs to know. */
export interface VideoEntry {
  /** The entry without what changes from encode to encode (bit rates); equal means same decoder. */
  readonly entry: Uint8Array<ArrayBuffer>;
  /**
   * H.264 with 8-bit 4:2:0 square pixels: may follow another such entry in one track. Holds the
   * parameter sets as they are written before a key frame.
   */
  readonly parameterSets: Uint8Array<ArrayBuffer> | undefined;
}

/** Sound in AAC-LC. */
export interface AacFormat {
  readonly sampleRate: number;
  readonly channels: number;
}

const VISUAL_FIELDS = 86;
const AUDIO_FIELDS = 36;
const AAC_LC = 2;
/** Sampling rates by their index in an AAC configuration. */
export const AAC_RATES: readonly number[] = [
  96000,
  88200,
  64000,
  48000,
  44100,
  32000,
  24000,
  22050,
  16000,
  12000,
  11025,
  8000,
  7350,
];
/** Channel counts by their configuration number. */
const AAC_CHANNELS: readonly number[] = [0, 1, 2, 3, 4, 5, 6, 8];
/** H.264 profiles that allow nothing but 8-bit 4:2:0 in practice. */
const PLAIN_PROFILES: ReadonlySet<number> = new Set([66, 77, 88, 100]);

/** The video entry of a track; `undefined` when it is damaged. */
export function readVideoEntry(track: Track): VideoEntry | undefined {
  return orUndefined(() => {
    const view = new DataView(track.entry.buffer);
    const children = readBoxes(part(view, VISUAL_FIELDS));
    const kept = children.filter((box) => box.type !== "btrt")
      .map((box) => makeBox(box.type, bytesOf(box.data)));
    const fields = bytesOf(part(view, 8, VISUAL_FIELDS - 8));
    const avcc = track.codec === "avc1" ? findBox(children, "avcC") : undefined;
    const pasp = findBox(children, "pasp");
    const square = !pasp || pasp.getUint32(0) === pasp.getUint32(4);
    const plain = avcc && square && PLAIN_PROFILES.has(avcc.getUint8(1));
    return {
      entry: makeBox(track.codec, fields, ...kept),
      parameterSets: plain ? readParameterSets(avcc) : undefined,
    };
  });
}

/** The format of AAC-LC sound with 1024 samples in a packet; `undefined` for all other sound. */
export function readAacFormat(track: Track): AacFormat | undefined {
  if (track.codec !== "mp4a") return undefined;
  return orUndefined(() => {
    const children = readBoxes(part(new DataView(track.entry.buffer), AUDIO_FIELDS));
    const esds = findBox(children, "esds");
    const config = esds && decoderConfig(esds);
    if (!config || config.length < 2) return undefined;
    const bits = (config[0] ?? 0) << 8 | (config[1] ?? 0);
    const sampleRate = AAC_RATES[bits >> 7 & 15];
    const channels = AAC_CHANNELS[bits >> 3 & 15];
    // The last three bits: shorter frames, another core coder, an extension.
    if (bits >> 11 !== AAC_LC || (bits & 7) !== 0 || !sampleRate || !channels) return undefined;
    // A second object type after the first names spectral band replication: another rate.
    const extended = config.length >= 5 && config[2] === 0x56 && ((config[4] ?? 0) & 0x80) !== 0;
    return extended ? undefined : { sampleRate, channels };
  });
}

/** Damaged boxes are told by these two errors. */
function orUndefined<T>(read: () => T | undefined): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof NotPlain || error instanceof RangeError) return undefined;
    throw error;
  }
}

/** An entry for AAC-LC sound. */
export function makeAacEntry(format: AacFormat): Uint8Array<ArrayBuffer> {
  const rateIndex = AAC_RATES.indexOf(format.sampleRate);
  const channelIndex = AAC_CHANNELS.indexOf(format.channels);
  const bits = AAC_LC << 11 | rateIndex << 7 | channelIndex << 3;
  const config = descriptor(5, [bits >> 8, bits & 255]);
  // MPEG-4 audio, audio stream, then a buffer size and two bit rates that may be 0.
  const decoder = descriptor(4, [0x40, 0x15, ...Array<number>(11).fill(0), ...config]);
  const elementary = descriptor(3, [0, 1, 0, ...decoder, ...descriptor(6, [2])]);
  const fields = new DataView(new ArrayBuffer(28));
  fields.setUint16(6, 1);
  fields.setUint16(16, format.channels);
  fields.setUint16(18, 16);
  fields.setUint32(24, format.sampleRate * 65536);
  const esds = makeBox("esds", Uint8Array.from([0, 0, 0, 0, ...elementary]));
  return makeBox("mp4a", bytesOf(fields), esds);
}

function descriptor(tag: number, body: readonly number[]): number[] {
  return [tag, body.length, ...body];
}

/** The decoder's configuration inside the nested descriptors of an `esds` box. */
function decoderConfig(esds: DataView<ArrayBuffer>): Uint8Array | undefined {
  const outer = readDescriptor(esds, 4, 3);
  const flags = outer.getUint8(2);
  const skipped = 3 + (flags & 0x80 ? 2 : 0) + (flags & 0x20 ? 2 : 0);
  if (flags & 0x40) return undefined;
  const decoder = readDescriptor(outer, skipped, 4);
  if (decoder.getUint8(0) !== 0x40) return undefined;
  return bytesOf(readDescriptor(decoder, 13, 5));
}

function readDescriptor(
  view: DataView<ArrayBuffer>,
  at: number,
  tag: number,
): DataView<ArrayBuffer> {
  if (view.getUint8(at) !== tag) throw new NotPlain("an unknown descriptor");
  let length = 0;
  let position = at + 1;
  for (let count = 0; count < 4; count++) {
    const byte = view.getUint8(position++);
    length = length << 7 | byte & 0x7f;
    if ((byte & 0x80) === 0) break;
  }
  return part(view, position, length);
}

/** All parameter sets of an `avcC` box, each after its length as in the samples themselves. */
function readParameterSets(avcc: DataView<ArrayBuffer>): Uint8Array<ArrayBuffer> | undefined {
  // Other length fields do not occur in practice and would need the samples rewritten.
  if ((avcc.getUint8(4) & 3) !== 3) return undefined;
  const output: number[] = [];
  let at = 5;
  for (const mask of [0x1f, 0xff]) {
    const count = avcc.getUint8(at++) & mask;
    for (let index = 0; index < count; index++) {
      const length = avcc.getUint16(at);
      output.push(0, 0, length >> 8, length & 255, ...bytesOf(part(avcc, at + 2, length)));
      at += 2 + length;
    }
  }
  return Uint8Array.from(output);
}
