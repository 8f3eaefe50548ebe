/** Rebuilds the sound of a film; its pictures are copied. */
import { extname } from "node:path";
import { AppError } from "../../errors/app_error.ts";
import type { Host } from "../../platform/host.ts";
import { diskTrouble } from "../ffmpeg/disk_trouble.ts";
import { probe } from "../ffmpeg/probe.ts";
import { type FfmpegOptions, runFfmpeg } from "../ffmpeg/run.ts";
import { remixArguments, type RemixWishes } from "./remix_graph.ts";

const PURPOSE = "--remix-audio";
const STREAMING = /^\.(?:mp4|m4v|mov)$/i;

/**
 * Writes `input` with new sound to `output`. All paths absolute.
 *
 * @throws AppError `FFMPEG_FAILED`, `MISSING_FFMPEG`, `INVALID_FFMPEG`, `USER_CANCELLED`
 */
export async function remixAudio(
  host: Host,
  input: string,
  output: string,
  wishes: RemixWishes,
  options: Pick<FfmpegOptions, "onProgress" | "signal"> = {},
): Promise<void> {
  const found = await probe(host, input, PURPOSE);
  if (found && !found.audio && wishes.bed === undefined) {
    throw failure(input, output, "the video has no sound; name a track with --bed-audio");
  }
  const seconds = found?.durationSeconds;
  const args = remixArguments(input, wishes, seconds, STREAMING.test(extname(output)));
  const end = await runFfmpeg(host, PURPOSE, args, output, {
    ...options,
    ...(seconds === undefined ? {} : { durationSeconds: seconds }),
  });
  if (!end.ok) throw failure(input, output, await silentTrack(host, wishes) ?? end.reason);
}

/** Names the track without sound, for ffmpeg speaks of its filters only. */
async function silentTrack(host: Host, { bed, mix }: RemixWishes): Promise<string | undefined> {
  for (const [flag, path] of [["--bed-audio", bed], ["--mix-audio", mix]] as const) {
    if (path === undefined) continue;
    const found = await probe(host, path, PURPOSE);
    if (found && !found.audio) return `${flag} ${JSON.stringify(path)} has no sound`;
  }
  return undefined;
}

function failure(inputVideo: string, outputVideo: string, reason: string): AppError {
  return new AppError("FFMPEG_FAILED", `The sound could not be rebuilt: ${reason}.`, {
    details: { inputVideo, outputVideo },
    hint: diskTrouble(reason)?.hint ??
      "Check that the video and the tracks play, and that the output ends in .mp4 or another " +
        "container that can hold the pictures.",
  });
}
