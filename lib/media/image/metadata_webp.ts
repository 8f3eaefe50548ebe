/** The XMP chunk of WebP. */
import { viewOf } from "./bytes.ts";
import { readWebpChunks, type WebpChunk, webpSize } from "./webp_chunks.ts";
import { readXmp, writeXmp } from "./xmp.ts";

/** Flags of the extended header. */
const XMP_FLAG = 0x04, ALPHA_FLAG = 0x10;

/** Writes the fields as the last chunk; a simple file gets the extended header that XMP needs. */
export function embedWebpMetadata(
  bytes: Uint8Array,
  fields: Readonly<Record<string, string>>,
): Uint8Array {
  const chunks = [...readWebpChunks(bytes)];
  const size = webpSize(bytes);
  const last = chunks.at(-1);
  // Files without the last padding byte exist and are read by everybody.
  if (!size || !last || last.end > bytes.length + 1) return bytes;
  const xmp = chunks.find(isXmp);
  const packet = writeXmp(fields, xmp && packetOf(xmp));
  const kept = chunks.filter((chunk) => chunk.type !== "VP8X" && !isXmp(chunk));
  const header = chunks.find((chunk) => chunk.type === "VP8X")?.data.slice() ??
    extendedHeader(size, chunks);
  header[0] = (header[0] as number) | XMP_FLAG;
  return riff([
    { type: "VP8X", data: header },
    ...kept,
    { type: "XMP ", data: new TextEncoder().encode(packet) },
  ]);
}

/** The fields in the file's XMP. */
export function readWebpMetadata(bytes: Uint8Array): Record<string, string> {
  for (const chunk of readWebpChunks(bytes)) {
    if (isXmp(chunk)) return readXmp(packetOf(chunk));
  }
  return {};
}

function isXmp(chunk: WebpChunk): boolean {
  return chunk.type === "XMP ";
}

function packetOf(chunk: WebpChunk): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(chunk.data);
}

function extendedHeader(
  size: { width: number; height: number },
  chunks: readonly WebpChunk[],
): Uint8Array {
  const header = new Uint8Array(10);
  const view = viewOf(header);
  const lossless = chunks.find((chunk) => chunk.type === "VP8L");
  // Bit 28 of a lossless header says that alpha is used.
  if (lossless && (lossless.data[4] as number) & 0x10) header[0] = ALPHA_FLAG;
  // Simple files have sides of at most 14 bits; the third byte of each field stays 0.
  view.setUint16(4, size.width - 1, true);
  view.setUint16(7, size.height - 1, true);
  return header;
}

function riff(chunks: readonly { type: string; data: Uint8Array }[]): Uint8Array {
  const length = chunks.reduce((sum, { data }) => sum + 8 + data.length + (data.length & 1), 12);
  const file = new Uint8Array(length);
  const view = viewOf(file);
  let at = 0;
  const put = (text: string) => {
    for (let i = 0; i < text.length; i++) file[at++] = text.charCodeAt(i);
  };
  put("RIFF");
  view.setUint32(4, length - 8, true);
  at = 8;
  put("WEBP");
  for (const { type, data } of chunks) {
    put(type);
    view.setUint32(at, data.length, true);
    file.set(data, at + 4);
    at += 4 + data.length + (data.length & 1);
  }
  return file;
}
