/** `import_media`: an attachment of the chat, handed over in pieces, becomes a file in the inbox. */
import { Buffer } from "node:buffer";
import { basename, dirname, extname, join, resolve } from "node:path";
import type { ToolAnnotations } from "@modelcontextprotocol/server";
import * as z from "zod";
import type { Host } from "../platform/host.ts";
import { neededWords, place } from "./fields.ts";
import { lazy } from "./lazy_schema.ts";
import { ToolInputError } from "./tool.ts";

/** The first call names the file, further ones append to it. */
export const IMPORT_INPUT = lazy(() =>
  z.strictObject({
    data: neededWords("Base64, about 64 KB at a time"),
    filename: place("First piece: name with extension").optional(),
    append_to_path: place("Further pieces: path that the first call returned").optional(),
  })
);

/** Adds a file, never replaces one. */
export const IMPORT_ANNOTATIONS: ToolAnnotations = {
  readOnlyHint: false,
  destructiveHint: false,
  idempotentHint: false,
  openWorldHint: false,
};

const MAX_PIECE_BYTES = 2 * 1024 * 1024;
const MAX_FILE_BYTES = 25 * 1024 * 1024;
const EXTENSIONS = /^\.(png|jpe?g|webp|gif|mp3|wav|flac|m4a|ogg|mp4|mov|webm)$/i;

/** What the model gets back. */
export interface ImportedMedia extends Record<string, unknown> {
  path: string;
  /** Of the file so far. */
  bytes: number;
  note: string;
}

/**
 * Saves a piece.
 *
 * @param folder the inbox
 * @throws ToolInputError with words for the model
 */
export async function importMedia(
  { data, filename, append_to_path }: z.infer<ReturnType<typeof IMPORT_INPUT>>,
  host: Pick<Host, "files">,
  folder: string,
): Promise<ImportedMedia> {
  const piece = decodeBase64(data);
  if (append_to_path !== undefined) return await append(host, folder, append_to_path, piece);
  if (filename === undefined) throw new ToolInputError("Give filename, or append_to_path.");
  const name = basename(filename.replaceAll("\\", "/"));
  const extension = extname(name);
  if (!EXTENSIONS.test(extension)) {
    throw new ToolInputError(
      `filename has to end in png, jpg, webp, gif, mp3, wav, flac, m4a, ogg, mp4, mov or webm (got ${
        JSON.stringify(name)
      }).`,
    );
  }
  await host.files.makeDir(folder);
  const path = await createNew(host, folder, basename(name, extension), extension, piece);
  return { path, bytes: piece.length, note: NOTE };
}

const NOTE =
  "Further pieces go with append_to_path. When all are there, use this path as a reference.";

async function createNew(
  { files }: Pick<Host, "files">,
  folder: string,
  stem: string,
  extension: string,
  piece: Uint8Array,
): Promise<string> {
  for (let number = 1; number < 10_000; number++) {
    const path = join(folder, `${stem}${number === 1 ? "" : `-${number}`}${extension}`);
    try {
      await files.create(path, piece);
      return path;
    } catch (error) {
      if ((error as { code?: string }).code !== "EEXIST") throw error;
    }
  }
  throw new ToolInputError(`There are too many files named ${stem}${extension}.`);
}

/** Only files of the inbox itself are appended to, links followed. */
async function append(
  { files }: Pick<Host, "files">,
  folder: string,
  given: string,
  piece: Uint8Array,
): Promise<ImportedMedia> {
  const path = resolve(given);
  const real = await files.realPath(path).catch(() => undefined);
  const inbox = await files.realPath(folder).catch(() => undefined);
  if (real === undefined || inbox === undefined || dirname(real) !== inbox) {
    throw new ToolInputError("append_to_path has to be a path that import_media returned.");
  }
  const before = await files.readBytes(real, MAX_FILE_BYTES);
  const bytes = before.length + piece.length;
  if (bytes > MAX_FILE_BYTES) {
    throw new ToolInputError(`The file would have ${bytes} bytes; at most ${MAX_FILE_BYTES}.`);
  }
  const whole = new Uint8Array(bytes);
  whole.set(before);
  whole.set(piece, before.length);
  await files.writeAtomic(real, whole);
  return { path, bytes, note: NOTE };
}

function decodeBase64(data: string): Uint8Array {
  const text = data.replace(/\s+/g, "");
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(text)) {
    throw new ToolInputError("data is no base64 (standard alphabet, with padding).");
  }
  const bytes = new Uint8Array(Buffer.from(text, "base64"));
  if (bytes.length > MAX_PIECE_BYTES) {
    throw new ToolInputError(
      `A piece has at most ${MAX_PIECE_BYTES} bytes (got ${bytes.length}); send smaller ones.`,
    );
  }
  return bytes;
}
