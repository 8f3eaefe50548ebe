/** References as the API takes them: checked, uploaded where needed, described. */
import { AppError } from "../../errors/app_error.ts";
import { FileBody } from "../../platform/file_body.ts";
import type { HostFiles } from "../../platform/host.ts";
import type { ReferencePurpose } from "./check_references.ts";
import type { HostedClient } from "./client.ts";
import { decodeDataUri } from "./data_uri.ts";
import { extensionByMimeType, type Reference } from "./references.ts";
import { type StoredMedia, uploadReference } from "./upload.ts";

/** An element of `media_references`. */
export type MediaItem = Readonly<Record<string, unknown>> & { readonly url?: string };

/** What uploading needs. */
export interface MediaItemOptions {
  readonly client: HostedClient;
  readonly files: Pick<HostFiles, "stat" | "readRange">;
  readonly purpose: ReferencePurpose;
  readonly maxBytes: number;
  readonly now?: () => number;
  /** Eight hexadecimal digits. */
  readonly randomHex?: () => string;
}

const AT_ONCE = 3;

/**
 * Uploads what has to be uploaded, a few at a time, and describes every reference.
 *
 * @throws AppError the first failure; the other uploads are given up
 */
export async function mediaItems(
  references: readonly Reference[],
  options: MediaItemOptions,
): Promise<MediaItem[]> {
  const items = new Array<MediaItem>(references.length);
  let next = 0;
  let failed = false;
  const work = async () => {
    for (let index = next++; index < references.length && !failed; index = next++) {
      const reference = references[index];
      if (!reference) return;
      try {
        items[index] = await mediaItem(reference, options);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, references.length) }, work));
  return items;
}

async function mediaItem(reference: Reference, options: MediaItemOptions): Promise<MediaItem> {
  if (reference.form === "remote") return remoteItem(reference);
  if (reference.form === "inline" && options.purpose === "chat") return inlineItem(reference);
  const bytes = reference.form === "inline"
    ? decodeDataUri(reference.value, reference.flag)
    : await openLocal(reference, options);
  const name = reference.form === "inline"
    ? `inline-media-ref-${reference.kind}.${
      extensionByMimeType(reference.mimeType, reference.kind)
    }`
    : reference.label;
  const stored = await uploadReference({
    client: options.client,
    reference,
    mimeType: reference.mimeType,
    bytes,
    now: (options.now ?? Date.now)(),
    random: (options.randomHex ?? randomHex)(),
  });
  const size = bytes instanceof Blob ? bytes.size : bytes.length;
  return storedItem(reference, name, size, stored);
}

/** The file as it is now; its bytes are read while they are sent. */
async function openLocal(
  { value, flag }: Reference,
  { files, maxBytes }: MediaItemOptions,
): Promise<FileBody> {
  try {
    const { size } = await files.stat(value) ?? { size: 0 };
    if (size > maxBytes) throw new Error("it has grown");
    // What cannot be read is told before anything is asked for.
    await files.readRange(value, 0, 1);
    return new FileBody([{ path: value, offset: 0, length: size }], files);
  } catch (cause) {
    throw new AppError("MEDIA_REFERENCE_NOT_FOUND", `${flag}: "${value}" cannot be read.`, {
      details: { flag, path: value },
      cause,
    });
  }
}

function common({ id, flag, kind, mimeType }: Reference): Record<string, unknown> {
  return { id, source: "cli", flag, kind, mime_type: mimeType };
}

function remoteItem(reference: Reference): MediaItem {
  return { ...common(reference), url: reference.value, prompt_label: reference.label };
}

function inlineItem(reference: Reference): MediaItem {
  const { value, label } = reference;
  return { ...common(reference), dataUri: value, filename: label, prompt_label: label };
}

function storedItem(
  reference: Reference,
  name: string,
  byteLength: number,
  { url, jobId, type }: StoredMedia,
): MediaItem {
  return {
    ...common(reference),
    url,
    filename: name,
    byte_length: byteLength,
    prompt_label: name,
    storage: { jobId, type },
  };
}

function randomHex(): string {
  return crypto.randomUUID().slice(0, 8);
}
