/** What kind of medium a reference is: by its bytes, else by the name of a local file. */
import { AppError } from "../../errors/app_error.ts";
import { type MediaType, sniffMedia } from "../../media/image/sniff.ts";
import { isUrl } from "../../plan/needs.ts";
import type { MediaInput } from "../../plan/types.ts";
import {
  extensionByMimeType,
  mimeTypeByName,
  type ReferenceKind,
} from "../../service/hosted/references.ts";

/** A type, and whether the bytes themselves show it. */
export interface ReferenceType extends MediaType {
  /** False when only the name says so; such bytes are sent as they are. */
  recognised: boolean;
}

/**
 * The type of a reference. Bytes that are no known format are believed to be what a local file's
 * name says; those of a URL may be an error page, and are refused.
 *
 * @throws AppError UNSUPPORTED_MEDIA_TYPE
 */
export function referenceType(
  { source, slot }: Pick<MediaInput, "source" | "slot">,
  bytes: Uint8Array,
): ReferenceType {
  const found = sniffMedia(bytes);
  const kind = kindOf(slot);
  if (found?.kind === "video" && kind === "audio") {
    // A film's container that is sent as sound holds nothing but sound.
    return { ...found, kind, mime: SOUND_MIMES[found.mime] ?? found.mime, recognised: true };
  }
  if (found) return { ...found, recognised: true };
  const named = isUrl(source) ? "" : mimeTypeByName(source, kind);
  const mime = kind === "audio" ? SOUND_MIMES[named] ?? named : named;
  if (mime.startsWith(`${kind}/`) && !mime.endsWith("/unknown")) {
    return { kind, mime, extension: extensionByMimeType(mime, kind), recognised: false };
  }
  if (slot === "referenceAudioIdentity") {
    return { kind, mime: "audio/mp4", extension: "m4a", recognised: false };
  }
  throw new AppError("UNSUPPORTED_MEDIA_TYPE", `The reference ${source} is no known media type.`, {
    details: { source },
    hint: "Use PNG, JPEG or WebP pictures, MP4, MOV or WebM video, MP3, M4A, WAV or FLAC sound.",
  });
}

function kindOf(slot: MediaInput["slot"]): ReferenceKind {
  if (slot.startsWith("referenceAudio")) return "audio";
  return slot.startsWith("referenceVideo") ? "video" : "image";
}

const SOUND_MIMES: Readonly<Record<string, string>> = {
  "video/webm": "audio/webm",
  "video/mp4": "audio/mp4",
  "video/quicktime": "audio/mp4",
  "video/ogg": "audio/ogg",
};
