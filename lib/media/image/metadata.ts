/**
 * Text inside a picture file: prompt, model, seed and the like, written and read without touching
 * the picture. PNG gets text chunks, JPEG a small EXIF and XMP, WebP XMP.
 */
import { embedJpegMetadata, readJpegMetadata } from "./metadata_jpeg.ts";
import { embedPngMetadata, readPngMetadata } from "./metadata_png.ts";
import { embedWebpMetadata, readWebpMetadata } from "./metadata_webp.ts";
import { isJpeg } from "./jpeg_segments.ts";
import { isPng } from "./png_chunks.ts";
import { isWebp } from "./webp_chunks.ts";

/** Names and values, e.g. `{ prompt, model, seed, jobId, software, sandbox }`. */
export type MetadataFields = Readonly<Record<string, string>>;

/** Characters of one value that are kept. */
export const MAX_VALUE_LENGTH = 10_000;

/**
 * The file with the fields in it; earlier values of the same names are replaced, all else is kept.
 *
 * @param fields names of letters, digits, `_`, `.` and `-`, beginning with a letter (others are
 * left out); control characters other than line breaks and tabs are dropped from values
 * @returns the bytes that were given when the file is not a whole PNG, JPEG or WebP
 */
export function embedMetadata(bytes: Uint8Array, fields: MetadataFields): Uint8Array {
  const clean = cleanFields(fields);
  if (Object.keys(clean).length === 0) return bytes;
  if (isPng(bytes)) return embedPngMetadata(bytes, clean);
  if (isJpeg(bytes)) return embedJpegMetadata(bytes, clean);
  if (isWebp(bytes)) return embedWebpMetadata(bytes, clean);
  return bytes;
}

/** The fields in a file; for PNG also the text chunks of other programs. Never throws. */
export function readMetadata(bytes: Uint8Array): Record<string, string> {
  if (isPng(bytes)) return readPngMetadata(bytes);
  if (isJpeg(bytes)) return readJpegMetadata(bytes);
  if (isWebp(bytes)) return readWebpMetadata(bytes);
  return {};
}

/** Names that every format takes, values without control characters and not too long. */
export function cleanFields(fields: MetadataFields): Record<string, string> {
  const clean: Record<string, string> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (/^[A-Za-z][\w.-]{0,78}$/.test(name)) clean[name] = cleanValue(value);
  }
  return clean;
}

function cleanValue(value: string): string {
  const text = [...value.slice(0, MAX_VALUE_LENGTH)].filter(isText).join("");
  return value.length > MAX_VALUE_LENGTH ? `${text}…` : text;
}

/** What XML 1.0 can hold: no control characters, no halves of pairs, no non-characters. */
function isText(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return code === 0x09 || code === 0x0a || code === 0x0d;
  if (code >= 0x7f && code < 0xa0) return false;
  return (code < 0xd800 || code > 0xdfff) && (code & 0xfffe) !== 0xfffe;
}
