/** Prepares sound and film references with ffmpeg: converted, cut to the window that is used. */
import { join } from "node:path";
import {
  prepareAudio,
  type PreparedMedia,
  prepareSeedanceAudio,
  prepareSeedanceVideo,
  prepareVoiceClip,
  SEEDANCE_MAX_SECONDS,
} from "../../media/film/references.ts";
import type { MediaType } from "../../media/image/sniff.ts";
import type { Host } from "../../platform/host.ts";
import type { MediaInput } from "../../plan/types.ts";
import { makeTempFolder } from "../../media/temp_folder.ts";

/** A reference that has to be converted or cut. */
export interface FilmReference {
  prepare: FilmPreparation;
  bytes: Uint8Array<ArrayBuffer>;
  type: MediaType;
}

/** What is done by ffmpeg. */
export type FilmPreparation = Exclude<
  NonNullable<MediaInput["prepare"]>,
  { kind: "fit" | "cover" }
>;

/**
 * The reference as the service takes it; the bytes as they were when nothing has to be done.
 *
 * @throws AppError the errors of ffmpeg, `MISSING_FFMPEG`
 */
export async function prepareFilmReference(
  host: Host,
  { prepare, bytes, type }: FilmReference,
): Promise<{ bytes: Uint8Array<ArrayBuffer>; mime: string }> {
  // ffmpeg reads a file of ours: what came by URL has none, and a path may be gone by now.
  const folder = await makeTempFolder(host, "sogni-ref-");
  try {
    const path = join(folder, `reference.${type.extension}`);
    await host.files.create(path, bytes, { mode: 0o600 });
    const prepared = await convert(host, path, prepare);
    if (!prepared) return { bytes, mime: type.mime };
    return { bytes: prepared.bytes, mime: prepared.contentType };
  } finally {
    await host.files.remove(folder);
  }
}

function convert(
  host: Host,
  path: string,
  prepare: FilmPreparation,
): Promise<PreparedMedia | undefined> {
  switch (prepare.kind) {
    case "voice-m4a":
      return prepareVoiceClip(host, path);
    case "audio-m4a":
      return prepareAudio(host, path);
    case "seedance-audio":
      return prepareSeedanceAudio(host, path, windowOf(prepare));
    case "seedance-video":
      return prepareSeedanceVideo(host, path, windowOf(prepare));
  }
}

function windowOf({ start, duration }: { start?: number; duration?: number }) {
  return { startSeconds: start ?? 0, lengthSeconds: duration ?? SEEDANCE_MAX_SECONDS };
}
