/** Looks at picture files that an agent saved. */
import * as fs from "node:fs/promises";
import { decodeImage } from "../../lib/media/image/codec.ts";
import { readMetadata } from "../../lib/media/image/metadata.ts";
import { sniffMedia } from "../../lib/media/image/sniff.ts";

/** A saved picture, decoded to the last pixel. */
export interface SavedPicture {
  /** `image/png` and the like, from the bytes. */
  mime: string | undefined;
  width: number;
  height: number;
  /** How many of the pixels' colours differ; 1 for an empty picture. */
  colours: number;
  metadata: Record<string, string>;
}

/** Reads and decodes a picture. */
export async function readPicture(path: string): Promise<SavedPicture> {
  const bytes = new Uint8Array(await fs.readFile(path));
  const { width, height, data } = await decodeImage(bytes);
  const pixels = new Uint32Array(data.buffer, data.byteOffset, data.byteLength / 4);
  return {
    mime: sniffMedia(bytes)?.mime,
    width,
    height,
    colours: new Set(pixels).size,
    metadata: readMetadata(bytes),
  };
}
