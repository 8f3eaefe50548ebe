/** Saves the first or the last picture of a film. */
import { extname } from "node:path";
import { AppError } from "../../errors/app_error.ts";
import type { Host } from "../../platform/host.ts";
import { diskTrouble } from "../ffmpeg/disk_trouble.ts";
import { inputArguments } from "../ffmpeg/input_arguments.ts";
import { type Probe, probe } from "../ffmpeg/probe.ts";
import { type FfmpegEnd, type FfmpegOptions, runFfmpeg } from "../ffmpeg/run.ts";

/** Which picture. */
export type FrameChoice = "first" | "last";

/** Image formats by extension, with the encoder's options at its best quality. */
const FORMATS: Readonly<Record<string, readonly string[]>> = {
  ".png": ["-c:v", "png"],
  ".jpg": ["-c:v", "mjpeg", "-qmin", "1", "-q:v", "1"],
  ".jpeg": ["-c:v", "mjpeg", "-qmin", "1", "-q:v", "1"],
  ".webp": ["-c:v", "libwebp", "-quality", "95"],
  ".bmp": ["-c:v", "bmp"],
  ".tif": ["-c:v", "tiff"],
  ".tiff": ["-c:v", "tiff"],
};

/**
 * Writes one picture of `video` to `image`; the format follows the extension.
 *
 * @throws AppError `FFMPEG_EXTRACT_FAILED`, `MISSING_FFMPEG`, `INVALID_FFMPEG`, `USER_CANCELLED`
 */
export async function extractFrame(
  host: Host,
  choice: FrameChoice,
  video: string,
  image: string,
  options: Pick<FfmpegOptions, "signal"> = {},
): Promise<void> {
  const purpose = `--extract-${choice}-frame`;
  const encoder = FORMATS[extname(image).toLowerCase()];
  if (!encoder) {
    throw failure(video, image, {
      ok: false,
      status: -1,
      stderr: "",
      reason: `${JSON.stringify(extname(image))} is no image format that can be written (use ` +
        `${Object.keys(FORMATS).join(", ")})`,
    });
  }
  const seeks = choice === "first" ? [undefined] : lastSeeks(await probe(host, video, purpose));
  let end: FfmpegEnd | undefined;
  for (const seek of seeks) {
    const args = frameArguments(video, encoder, choice, seek);
    end = await runFfmpeg(host, purpose, args, image, options);
    // Nothing came out or could be decoded behind this time: try further in front.
    if (end.ok) return;
  }
  if (end) throw failure(video, image, end);
}

/**
 * Times from which decoding to the end may find the last picture, the quickest first. The length
 * of the container does not help when the sound outlasts the pictures.
 */
export function lastSeeks(found: Probe | undefined): number[] {
  const video = found?.video;
  const end = video?.durationSeconds ?? found?.durationSeconds;
  if (video === undefined || end === undefined) return [0];
  const frame = video.fps ? video.fps.den / video.fps.num : 0.04;
  const last = Math.max(0, video.startSeconds ?? 0) + end;
  // The later ones are for films that were cut off before the end that they claim.
  const times = [last - 2.5 * frame, last - 1, last - 5, last - 30];
  const seeks = times.filter((time) => time > 0)
    .map((time) => Math.round(time * 1e6) / 1e6);
  return [...new Set([...seeks, 0])];
}

/** All arguments but the output's name. */
export function frameArguments(
  video: string,
  encoder: readonly string[],
  choice: FrameChoice,
  seek: number | undefined,
): string[] {
  return [
    ...inputArguments(video, seek ? ["-ss", String(seek)] : []),
    "-map",
    "0:V:0",
    ...(choice === "first" ? ["-frames:v", "1"] : ["-vsync", "passthrough"]),
    ...encoder,
    // Each picture overwrites the one before, and a percent sign in the name means nothing.
    "-f",
    "image2",
    "-update",
    "1",
  ];
}

function failure(video: string, image: string, end: FfmpegEnd): AppError {
  return new AppError("FFMPEG_EXTRACT_FAILED", `No picture could be saved: ${end.reason}.`, {
    details: {
      videoPath: video,
      outputImagePath: image,
      stderr: end.stderr,
      stdout: "",
      status: end.status,
    },
    hint: diskTrouble(end.reason)?.hint ??
      "Check that the video plays, and that the image's folder exists and can be written.",
  });
}
