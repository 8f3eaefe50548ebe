/** The arguments with which ffmpeg brings a clip into the form of the film. Pure. */
import { inputArguments } from "../ffmpeg/input_arguments.ts";
import type { AacFormat } from "./mp4/sample_entry.ts";
import { type Rational, rationalText } from "./rational.ts";

/** What a clip has to become. */
export interface ClipTarget {
  readonly width: number;
  readonly height: number;
  readonly fps: Rational;
  /** Frames the clip has to have; absent when its length is not known. */
  readonly frames: number | undefined;
}

/** H.264 as all players take it. */
export const VIDEO_ENCODING: readonly string[] = [
  "-c:v",
  "libx264",
  "-crf",
  "18",
  "-preset",
  "medium",
  "-pix_fmt",
  "yuv420p",
];

/** AAC at the rate of a good stereo track. */
export const AUDIO_ENCODING: readonly string[] = ["-c:a", "aac", "-b:a", "192k"];

/** Options for the encoding of one clip; absent parts are not in the output. */
export interface ClipEncoding {
  readonly path: string;
  readonly video: ClipTarget | undefined;
  readonly audio: AacFormat | undefined;
  readonly seconds: number | undefined;
}

/** All arguments but the output's name. */
export function clipArguments(clip: ClipEncoding): string[] {
  const { path, video, audio, seconds } = clip;
  return [
    ...inputArguments(path),
    ...(video ? ["-map", "0:V:0", "-vf", pictureFilter(video), ...VIDEO_ENCODING] : []),
    ...(video?.frames ? ["-frames:v", String(video.frames)] : []),
    ...(audio ? ["-map", "0:a:0", "-af", soundFilter(audio), ...AUDIO_ENCODING] : []),
    ...(audio && seconds ? ["-t", String(seconds)] : []),
    "-sn",
    "-dn",
    "-map_metadata",
    "-1",
    "-f",
    "mp4",
  ];
}

/** Constant rate, fitted into the size without distortion, black around, square pixels. */
export function pictureFilter(target: ClipTarget): string {
  const { width, height, fps, frames } = target;
  return [
    `fps=${rationalText(fps)}:start_time=0`,
    "scale='trunc(iw*sar/2)*2':'trunc(ih/2)*2',setsar=1",
    `scale=${width}:${height}:force_original_aspect_ratio=decrease:force_divisible_by=2`,
    `pad=${width}:${height}:(ow-iw)/2:(oh-ih)/2:black`,
    "setsar=1",
    // The last picture stays while the sound goes on.
    ...(frames ? ["tpad=stop=-1:stop_mode=clone"] : []),
  ].join(",");
}

/** Even sampling from the start of the clip, gaps filled. */
export function soundFilter(format: AacFormat): string {
  const { sampleRate, channels } = format;
  const layout = channels === 1 ? "mono" : channels === 2 ? "stereo" : `${channels}c`;
  return `aresample=${sampleRate}:async=1:first_pts=0,` +
    `aformat=sample_rates=${sampleRate}:channel_layouts=${layout}`;
}

/** Decoding starts this much before the sound that is wanted: the first packets are incomplete. */
const RUN_UP_SECONDS = 1;

/** An external soundtrack: from `start` on, silence behind its end, cut to the film. */
export function soundtrackArguments(path: string, start: number, seconds: number): string[] {
  const seek = Math.max(0, start - RUN_UP_SECONDS);
  const filters = [soundFilter({ sampleRate: 44100, channels: 2 })];
  if (start > 0) filters.push(`atrim=start=${start - seek}`, "asetpts=PTS-STARTPTS");
  return [
    ...inputArguments(path, seek > 0 ? ["-ss", String(seek)] : []),
    "-map",
    "0:a:0",
    "-af",
    [...filters, "apad"].join(","),
    "-t",
    seconds.toFixed(6),
    ...AUDIO_ENCODING,
    "-map_metadata",
    "-1",
    "-f",
    "mp4",
  ];
}

/** The pictures as they are, in a plain MP4 file. */
export function remuxArguments(path: string): string[] {
  return [
    ...inputArguments(path),
    "-map",
    "0:V:0",
    "-c",
    "copy",
    "-map_metadata",
    "-1",
    "-f",
    "mp4",
  ];
}
