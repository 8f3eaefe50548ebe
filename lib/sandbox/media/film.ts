/** The sandbox's films: a picture from prompt and seed, or a given first one, with moving light. */
import { layOutMovie } from "../../media/film/mp4/write_movie.ts";
import { readAdts } from "../../media/film/mp4/adts.ts";
import { readAnnexB } from "../../media/film/mp4/annexb.ts";
import type { OutputTrack } from "../../media/film/mp4/output_movie.ts";
import { makeAacEntry } from "../../media/film/mp4/sample_entry.ts";
import { words } from "../../media/film/mp4/boxes.ts";
import { type Rational, rationalText, toRational } from "../../media/film/rational.ts";
import { concatBytes } from "../../media/image/bytes.ts";
import { filmPicture } from "./film_picture.ts";
import { renderPcm } from "./music.ts";
import { SAMPLE_RATE } from "./phrase.ts";
import { type RunProgram, runThroughPipe } from "./program.ts";

/** What is filmed. */
export interface FilmRequest {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  readonly fps: number;
  /** Exactly so many; absent: from the length. */
  readonly frames?: number;
  /** Used when `frames` is absent. */
  readonly durationSeconds?: number;
  readonly withAudio: boolean;
  readonly prompt: string;
  readonly seed: number;
  /** Model id, for the caption. */
  readonly model?: string;
  /** An encoded picture that the film starts with. */
  readonly firstFrame?: Uint8Array;
  readonly run: RunProgram;
  /** `FFMPEG_PATH`; `ffmpeg` when absent. */
  readonly ffmpeg?: string;
}

const UPRIGHT = words([0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x4000_0000]);
/** Samples that an AAC encoder puts before the sound. */
const AAC_RUN_UP = 1024;
/** Units of one picture for a denominator of 1, so that other tracks can share the scale. */
const UNITS = 512;

/** An MP4 file with exactly that size, rate and number of pictures. */
export async function renderFilm(request: FilmRequest): Promise<Uint8Array<ArrayBuffer>> {
  const fps = toRational(request.fps);
  const rate = fps.num / fps.den;
  const frames = request.frames ?? Math.round((request.durationSeconds ?? 5) * rate);
  const count = Math.max(1, frames);
  const [video, audio] = await Promise.all([
    renderPictures(request, fps, count),
    request.withAudio ? renderSound(request, count / rate) : undefined,
  ]);
  const parts = layOutMovie(audio ? [video, audio] : [video], {
    title: request.prompt,
    comment: `sandbox: made by sogni-agent, seed ${request.seed}`,
    software: "sogni-agent sandbox",
  });
  return concatBytes(parts.map((part) => "bytes" in part ? part.bytes : new Uint8Array()));
}

async function renderPictures(
  request: FilmRequest,
  fps: Rational,
  frames: number,
): Promise<OutputTrack> {
  const { width, height, run, ffmpeg = "ffmpeg" } = request;
  const picture = await filmPicture(request);
  const args = pictureArguments({ width, height }, fps, frames);
  const stream = await runThroughPipe(run, ffmpeg, args, picture);
  const duration = UNITS * fps.den;
  const { entry, samples } = readAnnexB(stream, { width, height }, duration);
  if (samples.length !== frames) {
    throw new Error(`ffmpeg made ${samples.length} pictures instead of ${frames}`);
  }
  return {
    kind: "video",
    timescale: UNITS * fps.num,
    entries: [entry],
    width,
    height,
    matrix: UPRIGHT,
    samples,
    start: 0,
    length: frames * duration,
  };
}

async function renderSound(request: FilmRequest, seconds: number): Promise<OutputTrack> {
  const { run, ffmpeg = "ffmpeg", seed, prompt } = request;
  const pcm = renderPcm({ durationSeconds: seconds, seed, prompt });
  const stream = await runThroughPipe(run, ffmpeg, [
    ...["-f", "s16le", "-ar", String(SAMPLE_RATE), "-ac", "2", "-i", "pipe:0"],
    ...["-c:a", "aac", "-b:a", "128k", "-f", "adts"],
  ], new Uint8Array(pcm.buffer));
  return {
    kind: "audio",
    timescale: SAMPLE_RATE,
    entries: [makeAacEntry({ sampleRate: SAMPLE_RATE, channels: 2 })],
    width: 0,
    height: 0,
    matrix: UPRIGHT,
    samples: readAdts(stream),
    start: AAC_RUN_UP,
    length: Math.round(seconds * SAMPLE_RATE),
  };
}

/** A beam of light crosses the picture once, and a line at the bottom shows the time. */
export function pictureArguments(
  { width, height }: { width: number; height: number },
  fps: Rational,
  frames: number,
): string[] {
  const rate = rationalText(fps);
  const beam = even(Math.max(8, width / 3));
  const line = even(Math.max(2, height / 90));
  const done = `min(1,(n+1)/${frames})`;
  // Odd sides are possible without halved colour only.
  const format = width % 2 || height % 2 ? "yuv444p" : "yuv420p";
  const alpha = format === "yuv444p" ? "yuva444p" : "yuva420p";
  const light = `color=white:size=${beam}x${height}:rate=${rate}:duration=1,trim=end_frame=1,` +
    `format=${alpha},geq=lum=235:cb=128:cr=128:a='72*sin(PI*X/W)',loop=loop=-1:size=1:start=0,` +
    `setpts=N/(${rate}*TB)`;
  const strip = `color=0xffc83d@0.9:size=${width}x${line}:rate=${rate},format=${alpha}`;
  const graph = [
    `[0:v]format=${format},loop=loop=-1:size=1:start=0,setpts=N/(${rate}*TB),fps=${rate}[base]`,
    `${light}[light]`,
    `${strip}[strip]`,
    `[base][light]overlay=x='-w+(W+w)*n/${frames}':y=0:shortest=0[lit]`,
    `[lit][strip]overlay=x='-w+W*${done}':y=H-h:shortest=0[out]`,
  ].join(";");
  return [
    ...["-f", "rawvideo", "-pix_fmt", "rgba", "-video_size", `${width}x${height}`],
    ...["-framerate", rate, "-i", "pipe:0", "-filter_complex", graph, "-map", "[out]"],
    ...["-frames:v", String(frames), "-c:v", "libx264", "-preset", "ultrafast", "-crf", "23"],
    ...["-pix_fmt", format, "-g", String(Math.max(1, Math.round(fps.num / fps.den * 2)))],
    ...["-bf", "0", "-x264-params", "aud=1:repeat-headers=1", "-f", "h264"],
  ];
}

function even(length: number): number {
  return Math.max(2, 2 * Math.round(length / 2));
}
