/** Brings local reference sound and film into the form that the service takes. */
import { extname, join } from "node:path";
import { AppError } from "../../errors/app_error.ts";
import type { ErrorCode } from "../../errors/registry.ts";
import type { Host } from "../../platform/host.ts";
import { probe } from "../ffmpeg/probe.ts";
import { runFfmpeg } from "../ffmpeg/run.ts";
import {
  audioArguments,
  seedanceAudioArguments,
  seedanceVideoArguments,
  voiceArguments,
} from "./reference_arguments.ts";
import { makeTempFolder } from "../temp_folder.ts";

/** A reference that is ready to be uploaded. */
export interface PreparedMedia {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly contentType: string;
  /** `voice.m4a` */
  readonly fileName: string;
}

/** Seconds of a reference that are wanted. */
export interface ReferenceWindow {
  readonly startSeconds: number;
  readonly lengthSeconds: number;
}

/** No Seedance reference may be longer. */
export const SEEDANCE_MAX_SECONDS = 15;
const TOLERANCE_SECONDS = 0.15;

/** True for a voice clip that has to be converted: WAV by its extension. */
export function isWav(path: string): boolean {
  return /^\.wave?$/i.test(extname(path));
}

/** True for MP3 by extension, or by the first bytes where the extension says nothing. */
export function isMp3(path: string, head: Uint8Array): boolean {
  const extension = extname(path).toLowerCase();
  if (extension === ".mp3") return true;
  if (AUDIO_EXTENSIONS.has(extension)) return false;
  const [first = 0, second = 0, third = 0] = head;
  const tagged = first === 0x49 && second === 0x44 && third === 0x33;
  // A frame starts with eleven set bits; layer bits 01 mean layer III.
  return tagged || first === 0xff && (second & 0xe0) === 0xe0 && (second & 0x06) === 0x02;
}

const AUDIO_EXTENSIONS: ReadonlySet<string> = new Set(
  [".m4a", ".mp4", ".wav", ".wave", ".ogg", ".opus", ".flac", ".aac", ".webm"],
);

/**
 * A WAV voice clip as mono AAC.
 *
 * @throws AppError `FFMPEG_AUDIO_ID_FAILED`, `MISSING_FFMPEG`, `INVALID_FFMPEG`
 */
export function prepareVoiceClip(host: Host, path: string): Promise<PreparedMedia> {
  return convert(host, {
    folder: "sogni-audio-id-",
    args: voiceArguments(path),
    fileName: "voice.m4a",
    contentType: "audio/mp4",
    code: "FFMPEG_AUDIO_ID_FAILED",
    purpose: "--reference-audio-identity",
    path,
  });
}

/**
 * An MP3 song as AAC.
 *
 * @throws AppError `FFMPEG_AUDIO_PREP_FAILED`, `MISSING_FFMPEG`, `INVALID_FFMPEG`
 */
export function prepareAudio(host: Host, path: string): Promise<PreparedMedia> {
  return convert(host, {
    folder: "sogni-ref-audio-",
    args: audioArguments(path),
    fileName: "audio.m4a",
    contentType: "audio/mp4",
    code: "FFMPEG_AUDIO_PREP_FAILED",
    purpose: "--ref-audio",
    path,
  });
}

/**
 * Sound for Seedance: MP3, no longer than the window.
 *
 * @param window its length is limited to {@link SEEDANCE_MAX_SECONDS}
 * @returns `undefined` when the file can go out as it is
 * @throws AppError `FFMPEG_SEEDANCE_AUDIO_TRIM_FAILED`, `FFMPEG_SEEDANCE_AUDIO_PREP_FAILED`,
 * `MISSING_FFMPEG`, `INVALID_FFMPEG`
 */
export async function prepareSeedanceAudio(
  host: Host,
  path: string,
  window: ReferenceWindow,
): Promise<PreparedMedia | undefined> {
  const purpose = "--ref-audio";
  const length = Math.min(window.lengthSeconds, SEEDANCE_MAX_SECONDS);
  const { startSeconds } = window;
  const total = startSeconds > 0 ? undefined : (await probe(host, path, purpose))?.durationSeconds;
  const cut = startSeconds > 0 || (total !== undefined && total > length);
  if (!cut && isMp3(path, await host.files.readRange(path, 0, 16))) return undefined;
  return await convert(host, {
    folder: "sogni-seedance-audio-",
    args: seedanceAudioArguments(path, cut ? { startSeconds, lengthSeconds: length } : undefined),
    fileName: "audio.mp3",
    contentType: "audio/mpeg",
    code: cut ? "FFMPEG_SEEDANCE_AUDIO_TRIM_FAILED" : "FFMPEG_SEEDANCE_AUDIO_PREP_FAILED",
    purpose,
    path,
  });
}

/**
 * Film for Seedance: no sound, no longer than the window. When it was cut, the start must not be
 * sent to the service any more.
 *
 * @returns `undefined` when the file can go out as it is
 * @throws AppError `FFMPEG_SEEDANCE_V2V_PREP_FAILED`, `MISSING_FFMPEG`, `INVALID_FFMPEG`
 */
export async function prepareSeedanceVideo(
  host: Host,
  path: string,
  window: ReferenceWindow,
): Promise<PreparedMedia | undefined> {
  const purpose = "--ref-video";
  const lengthSeconds = Math.min(window.lengthSeconds, SEEDANCE_MAX_SECONDS);
  const { startSeconds } = window;
  if (startSeconds <= 0) {
    const total = (await probe(host, path, purpose))?.durationSeconds;
    if (total === undefined || total <= lengthSeconds + TOLERANCE_SECONDS) return undefined;
  }
  return await convert(host, {
    folder: "sogni-seedance-v2v-",
    args: seedanceVideoArguments(path, { startSeconds, lengthSeconds }),
    fileName: "video.mp4",
    contentType: "video/mp4",
    code: "FFMPEG_SEEDANCE_V2V_PREP_FAILED",
    purpose,
    path,
  });
}

interface Conversion {
  /** Prefix of the private temporary folder. */
  folder: string;
  args: readonly string[];
  fileName: string;
  contentType: string;
  code: ErrorCode;
  purpose: string;
  path: string;
}

async function convert(host: Host, conversion: Conversion): Promise<PreparedMedia> {
  const { fileName, contentType, path } = conversion;
  const folder = await makeTempFolder(host, conversion.folder);
  try {
    const file = join(folder, fileName);
    const end = await runFfmpeg(host, conversion.purpose, conversion.args, file);
    if (end.ok) return { bytes: await host.files.readBytes(file), contentType, fileName };
    throw new AppError(
      conversion.code,
      `${conversion.purpose}: ${JSON.stringify(path)} could not be prepared: ${end.reason}.`,
      {
        details: { path, status: end.status, stderr: end.stderr.slice(-2000) },
        hint: "Check that the file plays, or convert it yourself and pass the result.",
      },
    );
  } finally {
    await host.files.remove(folder);
  }
}
