/** Unfolds the run-length tables of a track into one entry for each sample. */
import { type Box, findBox, needBox, NotPlain } from "./boxes.ts";
import type { Samples } from "./movie.ts";

/** More than a day of sound; a larger number is a broken or hostile file. */
const MAX_SAMPLES = 8_000_000;

/** @param fileSize no sample may reach past it */
export function readSamples(stbl: readonly Box[], fileSize: number): Samples {
  const sizes = readSizes(stbl);
  const count = sizes.length;
  const durations = new Uint32Array(count);
  unfold(needBox(stbl, "stts"), durations, (view, at) => view.getUint32(at));
  return {
    sizes,
    durations,
    offsets: readOffsets(stbl, sizes, fileSize),
    compositions: readCompositions(stbl, count),
    sync: readSync(stbl, count),
  };
}

function readSizes(stbl: readonly Box[]): Uint32Array {
  const stsz = needBox(stbl, "stsz");
  const common = stsz.getUint32(4);
  const count = stsz.getUint32(8);
  if (count === 0 || count > MAX_SAMPLES) throw new NotPlain(`${count} samples`);
  if (common !== 0) return new Uint32Array(count).fill(common);
  if (12 + count * 4 > stsz.byteLength) throw new NotPlain("a cut table");
  const sizes = new Uint32Array(count);
  for (let index = 0; index < count; index++) sizes[index] = stsz.getUint32(12 + index * 4);
  return sizes;
}

function readCompositions(stbl: readonly Box[], count: number): Int32Array {
  const compositions = new Int32Array(count);
  const ctts = findBox(stbl, "ctts");
  // Version 0 is unsigned by the standard, but writers put negative numbers there as well.
  if (ctts) unfold(ctts, compositions, (view, at) => view.getInt32(at));
  return compositions;
}

function readSync(stbl: readonly Box[], count: number): Uint8Array {
  const stss = findBox(stbl, "stss");
  const sync = new Uint8Array(count);
  if (!stss) return sync.fill(1);
  const entries = stss.getUint32(4);
  if (8 + entries * 4 > stss.byteLength) throw new NotPlain("a cut table");
  for (let index = 0; index < entries; index++) {
    const number = stss.getUint32(8 + index * 4);
    if (number < 1 || number > count) throw new NotPlain("a wrong sample number");
    sync[number - 1] = 1;
  }
  return sync;
}

/** Fills `target` from pairs of (count, value). */
function unfold(
  table: DataView<ArrayBuffer>,
  target: Uint32Array | Int32Array,
  read: (view: DataView<ArrayBuffer>, at: number) => number,
): void {
  const entries = table.getUint32(4);
  if (8 + entries * 8 > table.byteLength) throw new NotPlain("a cut table");
  let done = 0;
  for (let index = 0; index < entries; index++) {
    const run = table.getUint32(8 + index * 8);
    if (run > target.length - done) throw new NotPlain("a table is longer than the track");
    target.fill(read(table, 12 + index * 8), done, done + run);
    done += run;
  }
  if (done !== target.length) throw new NotPlain("a table is shorter than the track");
}

function readOffsets(stbl: readonly Box[], sizes: Uint32Array, fileSize: number): Float64Array {
  const chunks = readChunkOffsets(stbl);
  const stsc = needBox(stbl, "stsc");
  const entries = stsc.getUint32(4);
  if (8 + entries * 12 > stsc.byteLength || entries === 0) throw new NotPlain("a cut table");
  const offsets = new Float64Array(sizes.length);
  let sample = 0;
  for (let index = 0; index < entries; index++) {
    const at = 8 + index * 12;
    const first = stsc.getUint32(at);
    const perChunk = stsc.getUint32(at + 4);
    const next = index + 1 < entries ? stsc.getUint32(at + 12) : chunks.length + 1;
    if (first < 1 || next < first || next > chunks.length + 1 || stsc.getUint32(at + 8) !== 1) {
      throw new NotPlain("a wrong chunk table");
    }
    for (let chunk = first; chunk < next; chunk++) {
      let offset = chunks[chunk - 1] ?? 0;
      for (let count = 0; count < perChunk; count++, sample++) {
        if (sample >= sizes.length) throw new NotPlain("more chunks than samples");
        offsets[sample] = offset;
        offset += sizes[sample] ?? 0;
      }
      if (offset > fileSize) throw new NotPlain("a sample lies behind the end of the file");
    }
  }
  if (sample !== sizes.length) throw new NotPlain("fewer chunks than samples");
  return offsets;
}

function readChunkOffsets(stbl: readonly Box[]): Float64Array {
  const co64 = findBox(stbl, "co64");
  const table = co64 ?? needBox(stbl, "stco");
  const size = co64 ? 8 : 4;
  const count = table.getUint32(4);
  if (8 + count * size > table.byteLength) throw new NotPlain("a cut table");
  const offsets = new Float64Array(count);
  for (let index = 0; index < count; index++) {
    const at = 8 + index * size;
    offsets[index] = co64 ? Number(table.getBigUint64(at)) : table.getUint32(at);
  }
  return offsets;
}
