/** Tags of WAV files: the list of texts that every program knows, and ID3 for the rest. */
import type { FilePart } from "../../platform/host.ts";
import { concatBytes, latin1 } from "../image/bytes.ts";
import { makeId3, readId3 } from "./id3.ts";
import {
  commentOf,
  keep,
  type LayOutTags,
  type ReadTags,
  type TagFields,
  type TagSource,
} from "./tag_fields.ts";

const MAX_CHUNKS = 4096;
const MAX_TAG_BYTES = 4 * 1024 * 1024;
/** Sizes that a program writes when it does not know them. */
const UNKNOWN_SIZE = 0xffff_ffff;

/** Puts the tags before the sound, and tags of the same names out. */
export const layOutWav: LayOutTags = async (source, fields) => {
  const head = await source.read(0, 12);
  const chunks = await readChunks(source);
  const sound = chunks?.findIndex(({ type }) => type === "data") ?? -1;
  if (!chunks || sound < 0) return undefined;
  const listed = await keptInfo(source, chunks);
  const tags = concatBytes([
    chunk("LIST", concatBytes([ascii("INFO"), ...infoTexts(fields), ...listed])),
    chunk("id3 ", makeId3(fields)),
  ]);
  const others = chunks.map((each): FilePart[] =>
    each.isInfo || each.type.toLowerCase() === "id3 " ? [] : keep(source, each.start, each.end)
  );
  const before = others.slice(0, sound).flat();
  const after = others.slice(sound).flat();
  const length = [...before, ...after].reduce((sum, part) => sum + lengthOf(part), tags.length);
  const header = head.slice();
  const view = new DataView(header.buffer);
  if (view.getUint32(4, true) !== UNKNOWN_SIZE) {
    if (length + 4 >= UNKNOWN_SIZE) return undefined;
    view.setUint32(4, length + 4, true);
  }
  return [{ bytes: header }, ...before, { bytes: tags }, ...after];
};

/** The fields in the ID3 chunk. */
export const readWavTags: ReadTags = async (source) => {
  const found = (await readChunks(source))?.find(({ type }) => type.toLowerCase() === "id3 ");
  if (!found || found.end - found.start > MAX_TAG_BYTES) return {};
  return readId3(await source.read(found.start + 8, found.end - found.start - 8));
};

/** A chunk with its header and padding. */
interface Chunk {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  /** A list of texts. */
  readonly isInfo: boolean;
}

async function readChunks(source: TagSource): Promise<Chunk[] | undefined> {
  const chunks: Chunk[] = [];
  for (let at = 12; at + 8 <= source.size;) {
    if (chunks.length >= MAX_CHUNKS) return undefined;
    const header = await source.read(at, 12);
    const type = latin1(header.subarray(0, 4));
    const size = new DataView(header.buffer, header.byteOffset).getUint32(4, true);
    // Sound of unknown length goes on to the end of the file.
    const end = Math.min(source.size, at + 8 + size + size % 2);
    const isInfo = type === "LIST" && latin1(header.subarray(8, 12)) === "INFO";
    chunks.push({ type, start: at, end, isInfo });
    at = end;
  }
  return chunks;
}

/** Texts of other names in the lists that are there, as they are. */
async function keptInfo(source: TagSource, chunks: readonly Chunk[]): Promise<Uint8Array[]> {
  const kept: Uint8Array[] = [];
  for (const { start, end, isInfo } of chunks) {
    if (!isInfo || end - start > MAX_TAG_BYTES) continue;
    const bytes = await source.read(start + 12, end - start - 12);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let at = 0; at + 8 <= bytes.length;) {
      const size = view.getUint32(at + 4, true);
      const next = at + 8 + size + size % 2;
      if (next > bytes.length) break;
      const name = latin1(bytes.subarray(at, at + 4));
      if (!["INAM", "ISFT", "ICMT"].includes(name)) kept.push(bytes.subarray(at, next));
      at = next;
    }
  }
  return kept;
}

function infoTexts(fields: TagFields): Uint8Array[] {
  const texts = { INAM: fields.prompt, ISFT: fields.software, ICMT: commentOf(fields) };
  return Object.entries(texts).flatMap(([name, text]) =>
    text ? [chunk(name, new TextEncoder().encode(`${text}\0`))] : []
  );
}

function chunk(name: string, data: Uint8Array): Uint8Array {
  const size = new DataView(new ArrayBuffer(4));
  size.setUint32(0, data.length, true);
  return concatBytes([
    ascii(name),
    new Uint8Array(size.buffer),
    data,
    new Uint8Array(data.length % 2),
  ]);
}

function ascii(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function lengthOf(part: FilePart): number {
  return "bytes" in part ? part.bytes.length : part.length;
}
