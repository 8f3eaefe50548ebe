/** Tags of MP4 and MOV files: `moov/udta/meta/ilst`, which players and editors read. */
import {
  ascii,
  type Box,
  bytesOf,
  findBox,
  fourCharacters,
  makeBox,
  makeFullBox,
  NotPlain,
  part,
  readBoxes,
  words,
} from "../film/mp4/boxes.ts";
import { shiftChunkOffsets } from "./chunk_offsets.ts";
import { shiftFragments } from "./fragments.ts";
import {
  commentOf,
  keep,
  type LayOutTags,
  type ReadTags,
  type TagFields,
  type TagSource,
} from "./tag_fields.ts";

const MAX_MOOV_BYTES = 64 * 1024 * 1024;
const MAX_TOP_BOXES = 4096;
/** What lies before a header only in files that are built in another way: positions would be off. */
const BEFORE_NO_HEADER = ["moof", "sidx"];
const OWNER = "com.apple.iTunes";
const UTF8_TEXT = 1;
const TITLE = "\u00a9nam", COMMENT = "\u00a9cmt", PROGRAM = "\u00a9too";

/** Writes the header anew in its place; samples behind it move, so their offsets move, too. */
export const layOutMp4: LayOutTags = (source, fields) =>
  ifPlain(async () => {
    const moov = await findMoov(source);
    if (!moov) return undefined;
    const boxes = readBoxes(moov.data);
    const others = boxes.filter(({ type }) => type !== "udta");
    const udta = userDataBox(boxes, fields);
    const size = others.reduce((sum, { data }) => sum + 8 + data.byteLength, 8 + udta.length);
    const { start, end } = moov;
    const delta = size - (end - start);
    if (!shiftChunkOffsets(boxes, end, delta)) return undefined;
    const rest = findBox(boxes, "mvex")
      ? await shiftFragments(source, end, delta)
      : keep(source, end, source.size);
    if (!rest) return undefined;
    const children = others.map(({ type, data }) => makeBox(type, bytesOf(data)));
    return [
      ...keep(source, 0, start),
      { bytes: makeBox("moov", ...children, udta) },
      ...rest,
    ];
  });

/** The named fields in the file's tags. */
export const readMp4Tags: ReadTags = async (source) =>
  await ifPlain(async () => {
    const moov = await findMoov(source);
    const items = moov ? itemsOf(readBoxes(moov.data)) : [];
    const named = items.map((item) => [fieldName(item), textOf(readBoxes(item.data))]);
    return Object.fromEntries(named.filter(([name]) => name !== undefined));
  }) ?? {};

async function ifPlain<Result>(body: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await body();
  } catch (error) {
    // A RangeError is a number that points out of its box.
    if (error instanceof NotPlain || error instanceof RangeError) return undefined;
    throw error;
  }
}

async function findMoov(
  source: TagSource,
): Promise<{ start: number; end: number; data: DataView<ArrayBuffer> } | undefined> {
  for (let at = 0, count = 0; at + 8 <= source.size && count < MAX_TOP_BOXES; count++) {
    const header = viewOf(await source.read(at, 16));
    const type = fourCharacters(header, 4);
    let headerSize = 8;
    let size = header.getUint32(0);
    if (size === 1) {
      size = Number(header.getBigUint64(8));
      headerSize = 16;
    } else if (size === 0) {
      size = source.size - at;
    }
    if (size < headerSize || BEFORE_NO_HEADER.includes(type) || at + size > source.size) {
      return undefined;
    }
    if (type === "moov") {
      if (size > MAX_MOOV_BYTES) return undefined;
      const data = viewOf(await source.read(at + headerSize, size - headerSize));
      return { start: at, end: at + size, data };
    }
    at += size;
  }
  return undefined;
}

/** The user data with our tags and all that was there under other names. */
function userDataBox(moov: readonly Box[], fields: TagFields): Uint8Array {
  const owned = [TITLE, COMMENT, PROGRAM];
  const kept = itemsOf(moov).filter((item) => {
    const name = fieldName(item);
    return name === undefined ? !owned.includes(item.type) : !Object.hasOwn(fields, name);
  });
  const others = userData(moov).filter(({ type }) => type !== "meta" && !owned.includes(type));
  const handler = makeFullBox(
    "hdlr",
    0,
    0,
    words([0]),
    ascii("mdirappl"),
    words([0, 0]),
    Uint8Array.of(0),
  );
  const list = makeBox("ilst", ...ownItems(fields), ...kept.map(boxBytes));
  return makeBox("udta", makeFullBox("meta", 0, 0, handler, list), ...others.map(boxBytes));
}

function ownItems(fields: TagFields): Uint8Array[] {
  const shown = {
    [TITLE]: fields.prompt,
    [COMMENT]: commentOf(fields),
    [PROGRAM]: fields.software,
  };
  return [
    ...Object.entries(shown).flatMap(([key, text]) => text ? [makeBox(key, textData(text))] : []),
    ...Object.entries(fields).map(([name, value]) =>
      makeBox(
        "----",
        makeFullBox("mean", 0, 0, ascii(OWNER)),
        makeFullBox("name", 0, 0, ascii(name)),
        textData(value),
      )
    ),
  ];
}

function textData(text: string): Uint8Array {
  return makeBox("data", words([UTF8_TEXT, 0]), new TextEncoder().encode(text));
}

function userData(moov: readonly Box[]): Box[] {
  const udta = findBox(moov, "udta");
  return udta ? readBoxes(udta) : [];
}

/** The items of the tag list; `meta` has a version in MP4 and none in old MOV files. */
function itemsOf(moov: readonly Box[]): Box[] {
  const meta = findBox(userData(moov), "meta");
  if (!meta || meta.byteLength < 12) return [];
  const children = readBoxes(fourCharacters(meta, 4) === "hdlr" ? meta : part(meta, 4));
  const list = findBox(children, "ilst");
  return list ? readBoxes(list) : [];
}

/** The name of a named item. */
function fieldName({ type, data }: Box): string | undefined {
  if (type !== "----") return undefined;
  const name = findBox(readBoxes(data), "name");
  return name && new TextDecoder().decode(bytesOf(part(name, 4)));
}

function textOf(item: readonly Box[]): string {
  const data = findBox(item, "data");
  return data ? new TextDecoder().decode(bytesOf(part(data, 8))) : "";
}

function boxBytes({ type, data }: Box): Uint8Array {
  return makeBox(type, bytesOf(data));
}

function viewOf(bytes: Uint8Array<ArrayBuffer>): DataView<ArrayBuffer> {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
