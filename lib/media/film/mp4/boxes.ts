/** Walks and builds the boxes of an ISO base media file (MP4, MOV). */

/** One box inside a buffer. */
export interface Box {
  /** Four characters, e.g. `moov`. */
  readonly type: string;
  /** What is inside, without the header. */
  readonly data: DataView<ArrayBuffer>;
}

/** Thrown for anything that this reader does not take; the film then goes through ffmpeg. */
export class NotPlain extends Error {
  override readonly name = "NotPlain";
}

/** The boxes that lie one after the other in `view`. */
export function readBoxes(view: DataView<ArrayBuffer>): Box[] {
  const boxes: Box[] = [];
  for (let at = 0; at + 8 <= view.byteLength;) {
    let header = 8;
    let size = view.getUint32(at);
    if (size === 1 && at + 16 <= view.byteLength) {
      size = Number(view.getBigUint64(at + 8));
      header = 16;
    } else if (size === 0) {
      size = view.byteLength - at;
    }
    if (size < header || at + size > view.byteLength) throw new NotPlain("a box has a wrong size");
    boxes.push({
      type: fourCharacters(view, at + 4),
      data: part(view, at + header, size - header),
    });
    at += size;
  }
  return boxes;
}

/** The first box of a type. */
export function findBox(boxes: readonly Box[], type: string): DataView<ArrayBuffer> | undefined {
  return boxes.find((box) => box.type === type)?.data;
}

/** The only box of a type. */
export function needBox(boxes: readonly Box[], type: string): DataView<ArrayBuffer> {
  const found = boxes.filter((box) => box.type === type);
  const first = found[0];
  if (!first || found.length > 1) throw new NotPlain(`${found.length} boxes "${type}"`);
  return first.data;
}

/** A part of a view; throws when it reaches past the end. */
export function part(
  view: DataView<ArrayBuffer>,
  offset: number,
  length = view.byteLength - offset,
): DataView<ArrayBuffer> {
  if (offset < 0 || length < 0 || offset + length > view.byteLength) {
    throw new NotPlain("a box is cut off");
  }
  return new DataView(view.buffer, view.byteOffset + offset, length);
}

/** The bytes under a view. */
export function bytesOf(view: DataView<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}

/** The four characters at an offset. */
export function fourCharacters(view: DataView<ArrayBuffer>, at: number): string {
  return String.fromCharCode(...bytesOf(part(view, at, 4)));
}

/** A box around the given parts. */
export function makeBox(type: string, ...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const size = parts.reduce((sum, each) => sum + each.length, 8);
  const box = new Uint8Array(size);
  new DataView(box.buffer).setUint32(0, size);
  for (let at = 0; at < 4; at++) box[4 + at] = type.charCodeAt(at);
  let at = 8;
  for (const each of parts) {
    box.set(each, at);
    at += each.length;
  }
  return box;
}

/** A box with a version and flags. */
export function makeFullBox(
  type: string,
  version: number,
  flags: number,
  ...parts: readonly Uint8Array[]
): Uint8Array<ArrayBuffer> {
  return makeBox(type, words([(version << 24 | flags) >>> 0]), ...parts);
}

/** Numbers as unsigned 32-bit words, high byte first. */
export function words(numbers: ArrayLike<number>): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(numbers.length * 4));
  for (let index = 0; index < numbers.length; index++) {
    view.setUint32(index * 4, (numbers[index] ?? 0) >>> 0);
  }
  return new Uint8Array(view.buffer);
}

/** Characters of ASCII text as bytes. */
export function ascii(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}
