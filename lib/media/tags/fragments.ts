/** Moves the positions that the fragments of an MP4 file hold. */
import type { FilePart } from "../../platform/host.ts";
import {
  type Box,
  bytesOf,
  findBox,
  fourCharacters,
  makeBox,
  readBoxes,
} from "../film/mp4/boxes.ts";
import { keep, type TagSource } from "./tag_fields.ts";

const MAX_TOP_BOXES = 65_536;
const MAX_BOX_BYTES = 4 * 1024 * 1024;
/** Flag of a track fragment: its data lie at a position of the file. */
const HAS_BASE_OFFSET = 1;

/**
 * The rest of a fragmented file from `from` on, for a place that is `delta` bytes further on.
 * `undefined`: it is not built as expected.
 */
export async function shiftFragments(
  source: TagSource,
  from: number,
  delta: number,
): Promise<FilePart[] | undefined> {
  const parts: FilePart[] = [];
  let kept = from;
  let count = 0;
  for (let at = from; at + 8 <= source.size; count++) {
    const header = viewOf(await source.read(at, 16));
    const size = header.getUint32(0);
    const type = fourCharacters(header, 4);
    const end = size === 1 ? at + Number(header.getBigUint64(8)) : at + size;
    // The last box may go on to the end of the file.
    if (size === 0) break;
    if (end < at + 8 || end > source.size || count >= MAX_TOP_BOXES) return undefined;
    const shift = type === "moof" ? shiftFragment : type === "mfra" ? shiftIndex : undefined;
    if (shift) {
      if (size === 1 || end - at > MAX_BOX_BYTES) return undefined;
      const data = viewOf(await source.read(at + 8, end - at - 8));
      if (!shift(readBoxes(data), { from, delta })) return undefined;
      parts.push(...keep(source, kept, at), { bytes: makeBox(type, bytesOf(data)) });
      kept = end;
    }
    at = end;
  }
  return [...parts, ...keep(source, kept, source.size)];
}

interface Shift {
  from: number;
  delta: number;
}

function shiftFragment(moof: readonly Box[], { from, delta }: Shift): boolean {
  return moof.filter(({ type }) => type === "traf").every(({ data }) => {
    const boxes = readBoxes(data);
    const head = findBox(boxes, "tfhd");
    // Encrypted files say where their keys lie, too.
    if (!head || findBox(boxes, "saio")) return false;
    if ((head.getUint32(0) & HAS_BASE_OFFSET) === 0) return true;
    const base = Number(head.getBigUint64(8));
    if (base >= from) head.setBigUint64(8, BigInt(base + delta));
    return true;
  });
}

/** The table of the places where fragments begin. */
function shiftIndex(mfra: readonly Box[], { from, delta }: Shift): boolean {
  return mfra.filter(({ type }) => type === "tfra").every(({ data }) => {
    const isLong = data.getUint8(0) === 1;
    const numbers = [4, 2, 0].map((bit) => ((data.getUint32(8) >> bit) & 3) + 1);
    const entry = (isLong ? 16 : 8) + numbers.reduce((sum, size) => sum + size, 0);
    const count = data.getUint32(12);
    for (let index = 0; index < count; index++) {
      const at = 16 + index * entry + (isLong ? 8 : 4);
      const offset = isLong ? Number(data.getBigUint64(at)) : data.getUint32(at);
      if (offset < from) continue;
      if (isLong) data.setBigUint64(at, BigInt(offset + delta));
      else if (offset + delta > 0xffff_ffff) return false;
      else data.setUint32(at, offset + delta);
    }
    return true;
  });
}

function viewOf(bytes: Uint8Array<ArrayBuffer>): DataView<ArrayBuffer> {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
