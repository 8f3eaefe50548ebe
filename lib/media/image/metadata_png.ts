/** Text chunks of PNG. */
import { inflateSync } from "node:zlib";
import { concatBytes, latin1, startsWith } from "./bytes.ts";
import { PNG_SIGNATURE, pngChunk, readChunks } from "./png_chunks.ts";

/** Names that the format itself has words for. */
const KEYWORDS: Readonly<Record<string, string>> = { software: "Software" };

/** Most bytes that a compressed text may unfold to. */
const MAX_TEXT = 1_000_000;

/** Writes each field as an international text chunk behind the header. */
export function embedPngMetadata(
  bytes: Uint8Array,
  fields: Readonly<Record<string, string>>,
): Uint8Array {
  const texts = Object.entries(fields).map(([name, value]) => textChunk(keyword(name), value));
  const replaced = new Set(Object.keys(fields).map(keyword));
  const out: Uint8Array[] = [];
  let whole = false;
  for (const chunk of readChunks(bytes)) {
    const text = readText(chunk.type, chunk.data);
    if (!text || !replaced.has(text.keyword)) out.push(bytes.subarray(chunk.start, chunk.end));
    if (chunk.type === "IHDR") out.push(...texts);
    whole = chunk.type === "IEND";
  }
  return whole ? concatBytes([PNG_SIGNATURE, ...out]) : bytes;
}

/** All texts of a file, the first of each name. */
export function readPngMetadata(bytes: Uint8Array): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const chunk of readChunks(bytes)) {
    const text = readText(chunk.type, chunk.data);
    if (!text) continue;
    const name = Object.keys(KEYWORDS).find((key) => KEYWORDS[key] === text.keyword) ??
      text.keyword;
    if (!Object.hasOwn(fields, name)) fields[name] = text.value();
  }
  return fields;
}

function keyword(name: string): string {
  return KEYWORDS[name] ?? name;
}

/** Keyword, no compression, no language, no translated keyword, then UTF-8. */
function textChunk(key: string, value: string): Uint8Array {
  return pngChunk("iTXt", new TextEncoder().encode(`${key}\0\0\0\0\0${value}`));
}

interface Text {
  readonly keyword: string;
  value(): string;
}

function readText(type: string, data: Uint8Array): Text | undefined {
  if (type !== "tEXt" && type !== "iTXt" && type !== "zTXt") return undefined;
  const end = data.subarray(0, 80).indexOf(0);
  if (end < 1) return undefined;
  const name = latin1(data.subarray(0, end));
  const rest = data.subarray(end + 1);
  if (type === "tEXt") return { keyword: name, value: () => latin1(rest) };
  if (type === "zTXt") return { keyword: name, value: () => latin1(unfold(rest.subarray(1))) };
  const language = rest.indexOf(0, 2);
  const translated = language < 0 ? -1 : rest.indexOf(0, language + 1);
  if (translated < 0) return undefined;
  const text = rest.subarray(translated + 1);
  const compressed = !startsWith(rest, "\0");
  return {
    keyword: name,
    value: () => new TextDecoder().decode(compressed ? unfold(text) : text),
  };
}

function unfold(bytes: Uint8Array): Uint8Array {
  try {
    return inflateSync(bytes, { maxOutputLength: MAX_TEXT });
  } catch {
    return new Uint8Array(0);
  }
}
