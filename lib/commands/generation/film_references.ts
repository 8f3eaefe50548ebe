/** Prepares sound and film references with ffmpeg: converted, cut to the window that is used. */
import { join } from "node:path";
import { AppError } from "../../errors/app_error.ts";
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
  /** Path or URL as it was given. */
  source: string;
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
  { prepare, bytes, type, source }: FilmReference,
): Promise<{ bytes: Uint8Array<ArrayBuffer>; mime: string }> {
  // ffmpeg reads a file of ours: what came by URL has none, and a path may be gone by now.
  const folder = await makeTempFolder(host, "sogni-ref-");
  try {
    const path = join(folder, `reference.${type.extension}`);
    await host.files.create(path, bytes, { mode: 0o600 });
    const prepared = await convert(host, path, prepare).catch((error: unknown) => {
      throw error instanceof AppError ? namedAsGiven(error, path, source) : error;
    });
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

/** Our own copy is gone when the failure is read; what was given is what can be mended. */
function namedAsGiven(error: AppError, path: string, source: string): AppError {
  const { code, message, details = {}, hint, cause } = error;
  const named = Object.entries(details).map(([key, value]) => [
    key,
    typeof value === "string" ? value.replaceAll(path, source) : value,
  ]);
  return new AppError(code, message.replaceAll(path, source), {
    details: Object.fromEntries(named),
    ...(hint === undefined ? {} : { hint }),
    cause,
  });
}

function windowOf({ start, duration }: { start?: number; duration?: number }) {
  return { startSeconds: start ?? 0, lengthSeconds: duration ?? SEEDANCE_MAX_SECONDS };
}
