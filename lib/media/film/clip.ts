/** Everything that joining has to know about one clip. */
import type { Host } from "../../platform/host.ts";
import { type Probe, probe } from "../ffmpeg/probe.ts";
import type { ClipFacts } from "./concat_plan.ts";
import type { Movie, Track } from "./mp4/movie.ts";
import { readMovie } from "./mp4/read_movie.ts";
import {
  type AacFormat,
  readAacFormat,
  readVideoEntry,
  type VideoEntry,
} from "./mp4/sample_entry.ts";
import {
  type AudioTimeline,
  audioTimeline,
  type VideoTimeline,
  videoTimeline,
} from "./mp4/timeline.ts";
import { rational } from "./rational.ts";

/** Pictures that can be taken over. */
export interface CopyableVideo {
  readonly movie: Movie;
  readonly track: Track;
  readonly timeline: VideoTimeline;
  readonly entry: VideoEntry;
}

/** Sound that can be taken over. */
export interface CopyableAudio {
  readonly movie: Movie;
  readonly track: Track;
  readonly timeline: AudioTimeline;
  readonly format: AacFormat;
}

/** One clip. */
export interface Clip {
  readonly path: string;
  readonly facts: ClipFacts;
  readonly video: CopyableVideo | undefined;
  readonly audio: CopyableAudio | undefined;
  /** Present when ffmpeg's tools had to be asked. */
  readonly probe: Probe | undefined;
}

/** Decoders for which a copy is possible; others are encoded, so that the film plays anywhere. */
const COPIED_CODECS: ReadonlySet<string> = new Set(["avc1", "hvc1", "hev1", "av01"]);
const NAMES: Readonly<Record<string, string>> = {
  avc1: "h264",
  hvc1: "hevc",
  hev1: "hevc",
  av01: "av1",
  vp09: "vp9",
};
const AAC_PACKET = 1024;
const UPRIGHT = "0,1,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,1,0,0,0,0,0,0,0,0,0,0,0,0,0,0,64,0,0,0";

/** Reads a clip: by itself where the file is a plain MP4, with ffprobe otherwise. */
export async function readClip(host: Host, path: string, purpose: string): Promise<Clip> {
  const movie = await readMovie(host.files, path);
  const video = movie && copyableVideo(movie);
  const audio = movie && copyableAudio(movie);
  // Sound that is there but cannot be copied has a length that only ffprobe knows.
  if (movie && video && (audio || !movie.audio)) {
    return { path, facts: plainFacts(video, audio), video, audio, probe: undefined };
  }
  const found = await probe(host, path, purpose);
  return { path, facts: probedFacts(found, video, audio), video, audio, probe: found };
}

/** The pictures of a movie, when they can be taken over. */
export function copyableVideo(movie: Movie): CopyableVideo | undefined {
  const timeline = videoTimeline(movie);
  const track = movie.video;
  if (!track || !timeline || !COPIED_CODECS.has(track.codec)) return undefined;
  const entry = readVideoEntry(track);
  return entry && { movie, track, timeline, entry };
}

/** The sound of a movie, when it can be taken over. */
export function copyableAudio(movie: Movie): CopyableAudio | undefined {
  const timeline = audioTimeline(movie);
  const track = movie.audio;
  const format = track && readAacFormat(track);
  if (!track || !timeline || !format) return undefined;
  if (timeline.packet !== AAC_PACKET || track.timescale !== format.sampleRate) return undefined;
  return { movie, track, timeline, format };
}

/** The clip with pictures that lie in a file of their own, when those can be taken over. */
export function withPictures(clip: Clip, movie: Movie): Clip {
  const track = movie.video;
  // ffmpeg begins such a file with a pause where the clip's sound has its run-up.
  const edits = track?.edits.filter((edit) => edit.mediaTime !== -1) ?? [];
  const video = track && copyableVideo({ ...movie, video: { ...track, edits } });
  if (!video) return clip;
  const { hasAudio, seconds } = clip.facts;
  return {
    ...clip,
    video,
    facts: {
      ...clip.facts,
      ...plainFacts(video, undefined),
      hasAudio,
      ...(seconds === undefined ? {} : { seconds }),
    },
  };
}

/** Sound that is longer by less is padding of its encoder and is cut. */
const PADDING_SECONDS = 0.05;

/** Seconds that a clip takes: sound that outlasts the pictures by more than a picture counts. */
export function clipSeconds(video: number, audio: number | undefined, fps: number): number {
  if (audio === undefined || audio - video <= Math.max(1 / fps, PADDING_SECONDS)) return video;
  return Math.ceil(audio * fps - 1e-6) / fps;
}

function plainFacts(video: CopyableVideo, audio: CopyableAudio | undefined): ClipFacts {
  const { track, timeline, entry } = video;
  const fps = rational(track.timescale, timeline.frame);
  const videoSeconds = timeline.length / track.timescale;
  const audioSeconds = audio && secondsOf(audio);
  const rate = fps ? fps.num / fps.den : 24;
  const seconds = clipSeconds(videoSeconds, audioSeconds, rate);
  const matrix = track.matrix.join();
  return {
    ...shownSize(track.width, track.height, turned(track.matrix)),
    ...(fps ? { fps } : {}),
    seconds,
    videoCodec: NAMES[track.codec] ?? track.codec,
    hasAudio: audio !== undefined,
    videoCopy: {
      identity: `${entry.entry.join()};${matrix}`,
      mixable: entry.parameterSets !== undefined && matrix === UPRIGHT,
    },
    ...(audio && audioSeconds !== undefined
      ? { audioCopy: { ...audio.format, covers: audioSeconds > seconds - 0.02 } }
      : {}),
  };
}

function probedFacts(
  found: Probe | undefined,
  video: CopyableVideo | undefined,
  audio: CopyableAudio | undefined,
): ClipFacts {
  if (!found) return { hasAudio: false };
  const stream = found.video;
  const rate = stream?.fps ? stream.fps.num / stream.fps.den : 24;
  const late = stream?.startSeconds ?? 0;
  const shown = stream?.durationSeconds ?? found.durationSeconds;
  // A start later by less than a picture is how its container writes the run-up of the sound.
  const videoSeconds = shown === undefined || late * rate <= 1 ? shown : shown + late;
  const base = video ? plainFacts(video, audio) : {
    ...(stream ? shownSize(stream.width, stream.height, stream.rotation % 180 !== 0) : {}),
    ...(stream?.fps ? { fps: stream.fps } : {}),
    ...(stream ? { videoCodec: stream.codec } : {}),
    ...(audio ? { audioCopy: { ...audio.format, covers: false } } : {}),
  };
  return {
    ...base,
    hasAudio: found.audio !== undefined,
    ...(videoSeconds === undefined
      ? {}
      : { seconds: clipSeconds(videoSeconds, found.audio?.durationSeconds, rate) }),
  };
}

function secondsOf(audio: CopyableAudio): number {
  return (audio.timeline.lead + audio.timeline.length) / audio.track.timescale;
}

function shownSize(
  width: number,
  height: number,
  sideways: boolean,
): { width: number; height: number } {
  return sideways ? { width: height, height: width } : { width, height };
}

/** True when the matrix shows the picture lying on its side. */
function turned(matrix: Uint8Array): boolean {
  return matrix.subarray(0, 4).every((byte) => byte === 0);
}
