/** ID3v2.4, the tags at the front of MP3 files (and in a chunk of WAV files). */
import { concatBytes, latin1 } from "../image/bytes.ts";
import { commentOf, keep, type LayOutTags, type ReadTags, type TagFields } from "./tag_fields.ts";

const HEADER_BYTES = 10;
const FOOTER_FLAG = 0x10;
/** Unsynchronisation and an extended header: such tags are replaced as a whole. */
const UNUSUAL_FLAGS = 0xc0;
const UTF8 = 3;
/** Larger tags of others are dropped: they would hold pictures of megabytes. */
const MAX_KEPT_BYTES = 4 * 1024 * 1024;

/** Puts the tag before the sound. */
export const layOutMp3: LayOutTags = async (source, fields) => {
  const head = await source.read(0, HEADER_BYTES);
  const old = tagLength(head);
  if (old > source.size) return undefined;
  const kept = old > 0 && old <= MAX_KEPT_BYTES
    ? readFrames(await source.read(0, old)).filter((frame) => !isReplaced(frame, fields))
    : [];
  return [{ bytes: makeId3(fields, kept) }, ...keep(source, old, source.size)];
};

/** The fields in the tag of an MP3 file. */
export const readMp3Tags: ReadTags = async (source) => {
  const length = tagLength(await source.read(0, HEADER_BYTES));
  return length > 0 ? readId3(await source.read(0, length)) : {};
};

/** One frame of a tag. */
interface Frame {
  readonly id: string;
  readonly data: Uint8Array;
}

/** A whole tag: title, comment and program for players, each field under its own name. */
export function makeId3(fields: TagFields, kept: readonly Frame[] = []): Uint8Array<ArrayBuffer> {
  const { prompt, software } = fields;
  const own: Frame[] = [
    ...(prompt ? [textFrame("TIT2", prompt)] : []),
    ...(software ? [textFrame("TSSE", software)] : []),
    { id: "COMM", data: utf8(`eng\0${commentOf(fields)}`) },
    ...Object.entries(fields).map(([name, value]) => ({
      id: "TXXX",
      data: utf8(`${name}\0${value}`),
    })),
  ];
  const body = concatBytes(own.concat(kept).map(frameBytes));
  const header = Uint8Array.of(0x49, 0x44, 0x33, 4, 0, 0, ...synchsafe(body.length));
  return concatBytes([header, body]);
}

/** The named fields of a tag. */
export function readId3(tag: Uint8Array): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const { id, data } of readFrames(tag)) {
    if (id !== "TXXX" || data[0] !== UTF8) continue;
    const [name = "", value = ""] = new TextDecoder().decode(data.subarray(1)).split("\0");
    if (name !== "") fields[name] = value;
  }
  return fields;
}

/** Bytes of the tag at the front, header included; 0 when there is none. */
function tagLength(head: Uint8Array): number {
  if (head.length < HEADER_BYTES || latin1(head.subarray(0, 3)) !== "ID3") return 0;
  const footer = (head[5] ?? 0) & FOOTER_FLAG ? HEADER_BYTES : 0;
  return HEADER_BYTES + fromSynchsafe(head, 6) + footer;
}

/** The frames of a tag of version 2.3 or 2.4, as far as they can be read. */
function readFrames(tag: Uint8Array): Frame[] {
  const version = tag[3] ?? 0;
  if ((version !== 3 && version !== 4) || (tag[5] ?? 0) & UNUSUAL_FLAGS) return [];
  const frames: Frame[] = [];
  const end = Math.min(tag.length, HEADER_BYTES + fromSynchsafe(tag, 6));
  for (let at = HEADER_BYTES; at + HEADER_BYTES <= end;) {
    const id = latin1(tag.subarray(at, at + 4));
    if (!/^[A-Z][A-Z0-9]{3}$/.test(id)) break;
    const size = version === 4
      ? fromSynchsafe(tag, at + 4)
      : new DataView(tag.buffer, tag.byteOffset + at + 4).getUint32(0);
    const from = at + HEADER_BYTES;
    if (from + size > end) break;
    const plain = tag[at + 8] === 0 && tag[at + 9] === 0;
    if (plain && size > 0) frames.push({ id, data: tag.subarray(from, from + size) });
    at = from + size;
  }
  return frames;
}

function isReplaced({ id, data }: Frame, fields: TagFields): boolean {
  if (id !== "TXXX") return ["TIT2", "TSSE", "COMM"].includes(id);
  const name = latin1(data.subarray(1)).split("\0")[0] ?? "";
  return Object.hasOwn(fields, name) || name === "comment";
}

function textFrame(id: string, text: string): Frame {
  return { id, data: utf8(text) };
}

function utf8(text: string): Uint8Array {
  return concatBytes([Uint8Array.of(UTF8), new TextEncoder().encode(text)]);
}

function frameBytes({ id, data }: Frame): Uint8Array {
  return concatBytes([
    new TextEncoder().encode(id),
    synchsafe(data.length),
    new Uint8Array(2),
    data,
  ]);
}

/** Seven bits a byte, so that no byte looks like the start of sound. */
function synchsafe(value: number): Uint8Array {
  return Uint8Array.of(value >> 21 & 127, value >> 14 & 127, value >> 7 & 127, value & 127);
}

function fromSynchsafe(bytes: Uint8Array, at: number): number {
  let value = 0;
  for (let index = at; index < at + 4; index++) value = value << 7 | (bytes[index] ?? 0) & 127;
  return value;
}
