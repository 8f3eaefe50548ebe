/** Carries out the encoding part of a joining plan: one ffmpeg run for each clip that differs. */
import type { Host } from "../../platform/host.ts";
import { type FfmpegOptions, runFfmpeg } from "../ffmpeg/run.ts";
import {
  type Clip,
  type CopyableAudio,
  copyableAudio,
  type CopyableVideo,
  copyableVideo,
} from "./clip.ts";
import { clipArguments } from "./clip_encoding.ts";
import type { ClipPlan, ConcatPlan } from "./concat_plan.ts";
import { readMovie } from "./mp4/read_movie.ts";

/** One clip, ready to be joined. */
export interface Segment {
  readonly video: CopyableVideo;
  /** Absent for silence. */
  readonly audio: CopyableAudio | undefined;
  /** Seconds in the film. */
  readonly seconds: number;
}

/** An expected failure; its message is the end of a sentence. */
export class EncodingFailed extends Error {
  override readonly name = "EncodingFailed";
}

/** Where files are put that are needed only for a while. */
export interface TemporaryFiles {
  file(name: string): Promise<string>;
}

/** The segments in the order of the clips. */
export async function encodeClips(
  host: Host,
  clips: readonly Clip[],
  plan: ConcatPlan,
  work: TemporaryFiles,
  options: Pick<FfmpegOptions, "onProgress" | "signal"> & { purpose: string },
): Promise<Segment[]> {
  const { onProgress, signal, purpose } = options;
  const weights = clips.map((clip, index) =>
    isEncoded(plan.clips[index]) ? clip.facts.seconds ?? 1 : 0
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0) || 1;
  const segments: Segment[] = [];
  let done = 0;
  for (const [index, clip] of clips.entries()) {
    const weight = weights[index] ?? 0;
    const base = done / total;
    const file = await encodeClip(host, clip, index, plan, work, {
      purpose,
      ...(signal ? { signal } : {}),
      ...(onProgress ? { onProgress: (part) => onProgress(base + part * weight / total) } : {}),
    });
    segments.push(await segmentOf(host, clip, plan.clips[index], file));
    done += weight;
  }
  return segments;
}

function isEncoded(plan: ClipPlan | undefined): boolean {
  return plan?.video === "encode" || plan?.audio === "encode";
}

/** The file with the encoded parts; `undefined` when all is copied. */
async function encodeClip(
  host: Host,
  clip: Clip,
  index: number,
  plan: ConcatPlan,
  work: TemporaryFiles,
  options: FfmpegOptions & { purpose: string },
): Promise<string | undefined> {
  const clipPlan = plan.clips[index];
  if (!isEncoded(clipPlan)) return undefined;
  const { width, height, fps } = plan;
  const rate = fps.num / fps.den;
  const wanted = clip.facts.seconds;
  const frames = wanted === undefined ? undefined : Math.max(1, Math.round(wanted * rate));
  const seconds = frames === undefined ? undefined : frames / rate;
  const args = clipArguments({
    path: clip.path,
    video: clipPlan?.video === "encode" ? { width, height, fps, frames } : undefined,
    audio: clipPlan?.audio === "encode" ? plan.audio : undefined,
    seconds,
  });
  const file = await work.file(`encoded-${index}.mp4`);
  const end = await runFfmpeg(host, options.purpose, args, file, {
    ...options,
    ...(seconds === undefined ? {} : { durationSeconds: seconds }),
  });
  if (!end.ok) throw new EncodingFailed(`${JSON.stringify(clip.path)}: ${end.reason}`);
  return file;
}

async function segmentOf(
  host: Host,
  clip: Clip,
  plan: ClipPlan | undefined,
  file: string | undefined,
): Promise<Segment> {
  const encoded = file === undefined ? undefined : await readMovie(host.files, file);
  const video = plan?.video === "encode" ? encoded && copyableVideo(encoded) : clip.video;
  if (!video) throw new EncodingFailed(`${JSON.stringify(clip.path)} holds no usable pictures`);
  const audio = plan?.audio === "encode"
    ? encoded && copyableAudio(encoded)
    : plan?.audio === "copy"
    ? clip.audio
    : undefined;
  const length = video.timeline.length / video.track.timescale;
  const copied = plan?.video === "copy";
  return { video, audio, seconds: copied ? clip.facts.seconds ?? length : length };
}
