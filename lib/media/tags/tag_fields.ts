/** What is written into films and sound: the same fields as into pictures. */
import type { FilePart, HostFiles } from "../../platform/host.ts";

/** Names and values, e.g. `{ prompt, model, seed, projectId, jobId, software, sandbox }`. */
export type TagFields = Readonly<Record<string, string>>;

/** The file that gets the tags. */
export interface TagSource {
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** Fewer bytes come back at the end of the file. */
  read(offset: number, length: number): Promise<Uint8Array<ArrayBuffer>>;
}

/**
 * Lays out a file with new tags: earlier tags of the same names are replaced, all else is kept.
 * `undefined`: the file is not built as expected and stays as it is.
 */
export type LayOutTags = (
  source: TagSource,
  fields: TagFields,
) => Promise<FilePart[] | undefined>;

/** Reads the fields of one format; empty when there are none. */
export type ReadTags = (source: TagSource) => Promise<Record<string, string>>;

/** Opens a file for tags; `undefined` when there is none. */
export async function openTagSource(
  files: Pick<HostFiles, "stat" | "readRange">,
  path: string,
): Promise<TagSource | undefined> {
  const info = await files.stat(path);
  if (info?.kind !== "file") return undefined;
  return { path, size: info.size, read: (offset, length) => files.readRange(path, offset, length) };
}

/** A piece of the file as it is; nothing when it is empty. */
export function keep({ path }: TagSource, offset: number, end: number): FilePart[] {
  return end > offset ? [{ path, offset, length: end - offset }] : [];
}

/** The line that players show as the comment. */
export function commentOf({ model, seed, projectId, software, sandbox }: TagFields): string {
  return [
    sandbox && "sandbox",
    model && `model ${model}`,
    seed && `seed ${seed}`,
    projectId && `project ${projectId}`,
    software && `made by ${software}`,
  ].filter(Boolean).join(", ");
}
