/** The comment block of FLAC files. */
import { concatBytes, latin1 } from "../image/bytes.ts";
import {
  commentOf,
  keep,
  type LayOutTags,
  type ReadTags,
  type TagFields,
  type TagSource,
} from "./tag_fields.ts";

const COMMENT_BLOCK = 4;
const PADDING_BLOCK = 1;
const MAX_BLOCKS = 1024;
const MAX_COMMENT_BYTES = 4 * 1024 * 1024;
/** Names that players show; some programs write the comment as a description. */
const SHOWN = ["title", "comment", "description", "encoder"];

/** Writes the comment block anew, behind the description of the stream. */
export const layOutFlac: LayOutTags = async (source, fields) => {
  const blocks = await readBlocks(source);
  const [description, ...others] = blocks ?? [];
  const last = blocks?.at(-1);
  if (!description || description.type !== 0 || !last) return undefined;
  const old = others.find(({ type }) => type === COMMENT_BLOCK);
  const { vendor, comments } = await readComments(source, old);
  const names = new Set([...Object.keys(fields), ...SHOWN]);
  const kept = comments.filter((text) => !names.has(nameOf(text)));
  const block = makeComments(vendor, [...ownComments(fields), ...kept]);
  if (block.length > 0xff_ffff) return undefined;
  const rest = others.filter(({ type }) => type !== COMMENT_BLOCK && type !== PADDING_BLOCK);
  const bodies = [description, ...rest].map(({ at, length }) => keep(source, at, at + length));
  const types = [description.type, COMMENT_BLOCK, ...rest.map(({ type }) => type)];
  const lengths = [description.length, block.length, ...rest.map(({ length }) => length)];
  bodies.splice(1, 0, [{ bytes: block }]);
  return [
    ...keep(source, 0, 4),
    ...bodies.flatMap((body, index) => {
      const isLast = index === bodies.length - 1;
      return [{ bytes: blockHeader(types[index] ?? 0, lengths[index] ?? 0, isLast) }, ...body];
    }),
    ...keep(source, last.at + last.length, source.size),
  ];
};

/** The fields in the comment block. */
export const readFlacTags: ReadTags = async (source) => {
  const block = (await readBlocks(source))?.find(({ type }) => type === COMMENT_BLOCK);
  const { comments } = await readComments(source, block);
  return Object.fromEntries(
    comments.map((text) => [nameOf(text), text.slice(text.indexOf("=") + 1)]),
  );
};

/** A metadata block; `at` is where its body starts. */
interface Block {
  readonly type: number;
  readonly at: number;
  readonly length: number;
}

async function readBlocks(source: TagSource): Promise<Block[] | undefined> {
  if (latin1(await source.read(0, 4)) !== "fLaC") return undefined;
  const blocks: Block[] = [];
  for (let at = 4; blocks.length < MAX_BLOCKS;) {
    const header = await source.read(at, 4);
    const [first = 0, a = 0, b = 0, c = 0] = header;
    const block = { type: first & 127, at: at + 4, length: a << 16 | b << 8 | c };
    at = block.at + block.length;
    if (header.length < 4 || at > source.size) return undefined;
    blocks.push(block);
    if (first & 128) return blocks;
  }
  return undefined;
}

async function readComments(
  source: TagSource,
  block: Block | undefined,
): Promise<{ vendor: string; comments: string[] }> {
  if (!block || block.length > MAX_COMMENT_BYTES) return { vendor: "", comments: [] };
  const bytes = await source.read(block.at, block.length);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const text = () => {
    const length = view.getUint32(at, true);
    if (at + 4 + length > bytes.length) throw new RangeError("a comment is cut off");
    const found = new TextDecoder().decode(bytes.subarray(at + 4, at + 4 + length));
    at += 4 + length;
    return found;
  };
  const comments: string[] = [];
  let vendor = "";
  try {
    vendor = text();
    const count = view.getUint32(at, true);
    at += 4;
    while (comments.length < count) comments.push(text());
  } catch (error) {
    // What can be read of a damaged block is kept.
    if (!(error instanceof RangeError)) throw error;
  }
  return { vendor, comments: comments.filter((comment) => comment.includes("=")) };
}

function ownComments(fields: TagFields): string[] {
  const { prompt, software } = fields;
  return [
    ...(prompt ? [`title=${prompt}`] : []),
    ...(software ? [`encoder=${software}`] : []),
    `comment=${commentOf(fields)}`,
    ...Object.entries(fields).map(([name, value]) => `${name}=${value}`),
  ];
}

function nameOf(comment: string): string {
  const name = comment.slice(0, comment.indexOf("="));
  const shown = name.toLowerCase();
  return SHOWN.includes(shown) ? shown : name;
}

function makeComments(vendor: string, comments: readonly string[]): Uint8Array {
  const texts = comments.map((comment) => sized(comment));
  return concatBytes([sized(vendor), littleEndian(comments.length), ...texts]);
}

function sized(text: string): Uint8Array {
  const bytes = new TextEncoder().encode(text);
  return concatBytes([littleEndian(bytes.length), bytes]);
}

function littleEndian(value: number): Uint8Array {
  return Uint8Array.of(value & 255, value >> 8 & 255, value >> 16 & 255, value >>> 24);
}

function blockHeader(type: number, length: number, isLast: boolean): Uint8Array {
  return Uint8Array.of(type | (isLast ? 128 : 0), length >> 16, length >> 8 & 255, length & 255);
}
