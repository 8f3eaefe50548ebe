/** Text segments of JPEG: XMP for all fields, and a small EXIF when the file has none. */
import { concatBytes, startsWith, viewOf } from "./bytes.ts";
import { EXIF_PREFIX, type JpegSegment, readSegments } from "./jpeg_segments.ts";
import { readXmp, writeXmp } from "./xmp.ts";

const XMP_PREFIX = "http://ns.adobe.com/xap/1.0/\0";
const APP0 = 0xe0, APP1 = 0xe1, SCAN = 0xda;

/** A segment's length field counts itself and has 16 bits. */
const MAX_SEGMENT = 65_533;

/** Writes the fields behind the JFIF header. */
export function embedJpegMetadata(
  bytes: Uint8Array,
  fields: Readonly<Record<string, string>>,
): Uint8Array {
  const segments = [...readSegments(bytes)];
  if (segments.at(-1)?.marker !== SCAN) return bytes;
  const xmp = segments.find(isXmp);
  const packet = writeXmp(fields, xmp && packetOf(xmp), MAX_SEGMENT - XMP_PREFIX.length);
  const added = [segment(XMP_PREFIX, new TextEncoder().encode(packet))];
  if (!segments.some(isExif)) added.unshift(segment(EXIF_PREFIX, exifBlock(fields)));
  // JFIF wants its own segment to be the first.
  const first = segments[0];
  const at = first?.marker === APP0 ? first.end : 2;
  const kept = xmp
    ? [bytes.subarray(at, xmp.start), bytes.subarray(xmp.end)]
    : [bytes.subarray(at)];
  return concatBytes([bytes.subarray(0, at), ...added, ...kept]);
}

/** The fields in the file's XMP. */
export function readJpegMetadata(bytes: Uint8Array): Record<string, string> {
  for (const part of readSegments(bytes)) {
    if (isXmp(part)) return readXmp(packetOf(part));
  }
  return {};
}

function isXmp({ marker, data }: JpegSegment): boolean {
  return marker === APP1 && startsWith(data, XMP_PREFIX);
}

function isExif({ marker, data }: JpegSegment): boolean {
  return marker === APP1 && startsWith(data, EXIF_PREFIX);
}

function packetOf({ data }: JpegSegment): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(data.subarray(XMP_PREFIX.length));
}

function segment(prefix: string, data: Uint8Array): Uint8Array {
  const length = 2 + prefix.length + data.length;
  const out = new Uint8Array(2 + length);
  out.set([0xff, APP1, length >> 8, length & 255]);
  for (let i = 0; i < prefix.length; i++) out[4 + i] = prefix.charCodeAt(i);
  out.set(data, 4 + prefix.length);
  return out;
}

const IMAGE_DESCRIPTION = 0x010e, SOFTWARE = 0x0131, ASCII = 2;

/** A little-endian TIFF directory with description and program, cut to fit comfortably. */
function exifBlock(fields: Readonly<Record<string, string>>): Uint8Array {
  const entries = [[IMAGE_DESCRIPTION, fields.prompt], [SOFTWARE, fields.software]] as const;
  const texts = entries.flatMap(([tag, text]) =>
    text ? [{ tag, data: new TextEncoder().encode(`${text.slice(0, 2000)}\0`) }] : []
  );
  const directory = 8 + 2 + texts.length * 12 + 4;
  // Values of up to four bytes stand in the entry itself.
  const outside = texts.reduce((sum, { data }) => sum + (data.length > 4 ? data.length : 0), 0);
  const block = new Uint8Array(directory + outside);
  const view = viewOf(block);
  view.setUint32(0, 0x49492a00);
  view.setUint32(4, 8, true);
  view.setUint16(8, texts.length, true);
  let entry = 10, at = directory;
  for (const { tag, data } of texts) {
    view.setUint16(entry, tag, true);
    view.setUint16(entry + 2, ASCII, true);
    view.setUint32(entry + 4, data.length, true);
    if (data.length <= 4) {
      block.set(data, entry + 8);
    } else {
      view.setUint32(entry + 8, at, true);
      block.set(data, at);
      at += data.length;
    }
    entry += 12;
  }
  return block;
}
