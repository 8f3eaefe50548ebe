/**
 * Writes prompt, model, seed and the like into films and sound, without touching the recording:
 * the new file is put together from the old one, which may be larger than memory.
 */
import type { HostFiles } from "../../platform/host.ts";
import { cleanFields } from "../image/metadata.ts";
import { SNIFF_LENGTH, sniffMedia } from "../image/sniff.ts";
import { layOutFlac, readFlacTags } from "./flac.ts";
import { layOutMp3, readMp3Tags } from "./id3.ts";
import { layOutMp4, readMp4Tags } from "./mp4.ts";
import { type LayOutTags, openTagSource, type ReadTags, type TagFields } from "./tag_fields.ts";
import { layOutWav, readWavTags } from "./wav.ts";

const MP4 = { layOut: layOutMp4, read: readMp4Tags };

const FORMATS: Readonly<Record<string, { layOut: LayOutTags; read: ReadTags }>> = {
  mp4: MP4,
  mov: MP4,
  m4a: MP4,
  mp3: { layOut: layOutMp3, read: readMp3Tags },
  flac: { layOut: layOutFlac, read: readFlacTags },
  wav: { layOut: layOutWav, read: readWavTags },
};

/**
 * Tags a file in place; the old file stays until the new one is whole.
 *
 * @param fields names of letters, digits, `_`, `.` and `-`
 * @returns false when the file is none that can be tagged; it is then as it was
 */
export async function tagFile(
  files: Pick<HostFiles, "stat" | "readRange" | "assemble">,
  path: string,
  fields: TagFields,
): Promise<boolean> {
  const source = await openTagSource(files, path);
  if (!source) return false;
  const format = formatOf(await source.read(0, SNIFF_LENGTH));
  const parts = await format?.layOut(source, cleanFields(fields));
  if (!parts) return false;
  await files.assemble(path, parts);
  return true;
}

/** The fields in a file; empty when it has none or is of no known format. */
export async function readTags(
  files: Pick<HostFiles, "stat" | "readRange">,
  path: string,
): Promise<Record<string, string>> {
  const source = await openTagSource(files, path);
  const format = source && formatOf(await source.read(0, SNIFF_LENGTH));
  return source && await format?.read(source) || {};
}

function formatOf(head: Uint8Array) {
  return FORMATS[sniffMedia(head)?.extension ?? ""];
}
