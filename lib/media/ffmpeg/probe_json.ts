/** Reads the JSON of `ffprobe -show_streams -show_format`, trusting nothing in it. */
import { parseRational, type Rational } from "../film/rational.ts";

/** The first real video stream. */
export interface VideoStream {
  /** `h264`. */
  readonly codec: string;
  /** As stored, before rotation. */
  readonly width: number;
  readonly height: number;
  /** Average rate, or the base rate where there is no average. */
  readonly fps: Rational | undefined;
  /** Units of time stamps, `1/12288`. */
  readonly timeBase: Rational | undefined;
  readonly startSeconds: number | undefined;
  readonly durationSeconds: number | undefined;
  /** Clockwise quarter turns to show it upright: 0, 90, 180 or 270. */
  readonly rotation: number;
  /** Width of a pixel divided by its height. */
  readonly pixelAspect: Rational | undefined;
  readonly pixelFormat: string | undefined;
}

/** The first audio stream. */
export interface AudioStream {
  readonly codec: string;
  readonly sampleRate: number | undefined;
  readonly channels: number | undefined;
  readonly durationSeconds: number | undefined;
}

/** A media file. */
export interface Probe {
  /** `mov,mp4,m4a,3gp,3g2,mj2`. */
  readonly format: string;
  /** Of the container. */
  readonly durationSeconds: number | undefined;
  readonly video: VideoStream | undefined;
  readonly audio: AudioStream | undefined;
}

type Json = Record<string, unknown>;

/** `undefined` when the text is not such a description or names no stream of sound or pictures. */
export function parseProbe(text: string): Probe | undefined {
  let root: unknown;
  try {
    root = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isObject(root) || !Array.isArray(root.streams)) return undefined;
  const streams = root.streams.filter(isObject);
  const video = streams.find((stream) => stream.codec_type === "video" && !isCover(stream));
  const audio = streams.find((stream) => stream.codec_type === "audio");
  if (!video && !audio) return undefined;
  const format = isObject(root.format) ? root.format : {};
  return {
    format: string(format.format_name) ?? "",
    durationSeconds: seconds(format.duration),
    video: video && readVideo(video),
    audio: audio && {
      codec: string(audio.codec_name) ?? "unknown",
      sampleRate: positive(audio.sample_rate),
      channels: positive(audio.channels),
      durationSeconds: streamSeconds(audio),
    },
  };
}

function readVideo(stream: Json): VideoStream | undefined {
  const width = positive(stream.width);
  const height = positive(stream.height);
  if (!width || !height) return undefined;
  const start = Number(string(stream.start_time) ?? NaN);
  return {
    codec: string(stream.codec_name) ?? "unknown",
    width,
    height,
    fps: fraction(stream.avg_frame_rate) ?? fraction(stream.r_frame_rate),
    timeBase: fraction(stream.time_base),
    startSeconds: Number.isFinite(start) ? start : undefined,
    durationSeconds: streamSeconds(stream),
    rotation: rotationOf(stream),
    pixelAspect: fraction((string(stream.sample_aspect_ratio) ?? "").replace(":", "/")),
    pixelFormat: string(stream.pix_fmt),
  };
}

/** Cover art of a song is a video stream too. */
function isCover(stream: Json): boolean {
  return isObject(stream.disposition) && stream.disposition.attached_pic === 1;
}

function rotationOf(stream: Json): number {
  const sideData = Array.isArray(stream.side_data_list) ? stream.side_data_list : [];
  const matrix = sideData.filter(isObject).find((data) => typeof data.rotation === "number");
  const tags = isObject(stream.tags) ? stream.tags : {};
  // The display matrix counts anticlockwise, the old tag clockwise.
  const angle = matrix ? -Number(matrix.rotation) : Number(string(tags.rotate) ?? 0);
  const turns = Math.round((Number.isFinite(angle) ? angle : 0) / 90);
  return ((turns % 4) + 4) % 4 * 90;
}

/** Matroska has no duration of a stream, but often a tag `00:00:10.005000000` with its end. */
function streamSeconds(stream: Json): number | undefined {
  const direct = seconds(stream.duration);
  if (direct !== undefined) return direct;
  const tag = isObject(stream.tags) ? string(stream.tags.DURATION) : undefined;
  const match = /^(\d+):(\d\d):(\d\d(?:\.\d+)?)$/.exec(tag ?? "");
  if (!match) return undefined;
  const end = Number(match[1]) * 3600 + Number(match[2]) * 60 + Number(match[3]);
  const start = Number(string(stream.start_time) ?? 0);
  const length = start > 0 && start < end ? end - start : end;
  return Math.round(length * 1e6) / 1e6;
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function string(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function fraction(value: unknown): Rational | undefined {
  return parseRational(string(value) ?? "");
}

function positive(value: unknown): number | undefined {
  const number = typeof value === "number" ? value : Number(string(value) ?? NaN);
  return Number.isSafeInteger(number) && number > 0 ? number : undefined;
}

function seconds(value: unknown): number | undefined {
  const number = typeof value === "number" ? value : Number(string(value) ?? NaN);
  return Number.isFinite(number) && number > 0 ? number : undefined;
}
