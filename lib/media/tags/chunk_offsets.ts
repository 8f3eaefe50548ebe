/** Moves the positions of samples in the header of an MP4 file. */
import { type Box, findBox, readBoxes } from "../film/mp4/boxes.ts";

const PATH_TO_TABLES = ["mdia", "minf", "stbl"];

/**
 * Adds `delta` to every position at or behind `from`, in place.
 *
 * @param moov the boxes of the header
 * @returns false when a position does not fit its field, or the file has positions of other kinds
 */
export function shiftChunkOffsets(moov: readonly Box[], from: number, delta: number): boolean {
  return moov.filter(({ type }) => type === "trak").every(({ data }) => {
    const tables = PATH_TO_TABLES.reduce<readonly Box[]>((boxes, type) => {
      const inner = findBox(boxes, type);
      return inner ? readBoxes(inner) : [];
    }, readBoxes(data));
    // Encrypted files say where their keys lie, too.
    if (findBox(tables, "saio")) return false;
    return tables.every((table) => shiftTable(table, from, delta));
  });
}

function shiftTable({ type, data }: Box, from: number, delta: number): boolean {
  if (type !== "stco" && type !== "co64") return true;
  const size = type === "co64" ? 8 : 4;
  const count = data.getUint32(4);
  for (let index = 0; index < count; index++) {
    const at = 8 + index * size;
    const offset = size === 8 ? Number(data.getBigUint64(at)) : data.getUint32(at);
    if (offset < from) continue;
    const moved = offset + delta;
    if (size === 8) data.setBigUint64(at, BigInt(moved));
    else if (moved > 0xffff_ffff) return false;
    else data.setUint32(at, moved);
  }
  return true;
}
