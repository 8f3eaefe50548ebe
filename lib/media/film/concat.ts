/** Joins clips into one film: copies streams where that is exact, encodes only what differs. */
import { basename, dirname, extname, join } from "node:path";
import { AppError } from "../../errors/app_error.ts";
import type { Host } from "../../platform/host.ts";
import { diskTrouble } from "../ffmpeg/disk_trouble.ts";
import { requireFfmpeg } from "../ffmpeg/find.ts";
import { inputArguments } from "../ffmpeg/input_arguments.ts";
import { type FfmpegOptions, runFfmpeg, throwIfCancelled } from "../ffmpeg/run.ts";
import {
  type Clip,
  type CopyableAudio,
  copyableAudio,
  type CopyableVideo,
  readClip,
  withPictures,
} from "./clip.ts";
import { remuxArguments, soundtrackArguments } from "./clip_encoding.ts";
import { planConcat } from "./concat_plan.ts";
import { encodeClips, EncodingFailed } from "./concat_encode.ts";
import { commonTimescale, joinAudio, joinVideo } from "./mp4/join_tracks.ts";
import { layOutMovie } from "./mp4/write_movie.ts";
import { readMovie } from "./mp4/read_movie.ts";
import { makeTempFolder } from "../temp_folder.ts";

/** What to join. All paths absolute. */
export interface ConcatRequest {
  readonly output: string;
  /** At least one. */
  readonly clips: readonly string[];
  /** Ignored unless above 0. */
  readonly fps?: number;
  /** Replaces the sound of all clips. */
  readonly soundtrack?: { readonly path: string; readonly startSeconds: number };
  /** What asks for it, for messages: `--concat-videos`. */
  readonly purpose?: string;
}

/** How it was joined. */
export interface ConcatReport {
  readonly width: number;
  readonly height: number;
  /** Length of the film. */
  readonly seconds: number;
  /** One for each clip; `reason` is empty when its pictures were copied. */
  readonly clips: readonly { readonly path: string; readonly reason: string }[];
  /** Clips whose sound was encoded again. */
  readonly encodedSound: number;
}

const MP4_NAMES: ReadonlySet<string> = new Set([".mp4", ".m4v", ".mov", ""]);
/** Codecs that are worth a copy into a plain MP4 file before it is decided what differs. */
const REMUXED_CODECS: ReadonlySet<string> = new Set(["h264", "hevc"]);

/**
 * Joins clips. The output appears only when it is complete.
 *
 * @throws AppError `MISSING_FFMPEG`, `INVALID_FFMPEG`, `FFMPEG_FAILED`, `USER_CANCELLED`
 */
export async function concatVideos(
  host: Host,
  request: ConcatRequest,
  options: Pick<FfmpegOptions, "onProgress" | "signal"> = {},
): Promise<ConcatReport> {
  const purpose = request.purpose ?? "--concat-videos";
  const ready = requireFfmpeg(host, purpose);
  ready.catch(() => {});
  await checkOutput(host, request);
  const work = new Workplace(host);
  try {
    const clips = await Promise.all(request.clips.map((path) => readClip(host, path, purpose)));
    return await joinClips(host, request, clips, work, { ...options, purpose, ready });
  } catch (error) {
    throwIfCancelled(options.signal);
    if (error instanceof EncodingFailed) throw failure(request, error.message);
    throw error;
  } finally {
    await work.remove();
  }
}

/** A private folder that exists only when something is put there. */
export class Workplace {
  #folder: Promise<string> | undefined;

  constructor(readonly host: Host) {}

  async file(name: string): Promise<string> {
    this.#folder ??= makeTempFolder(this.host, "sogni-concat-");
    return join(await this.#folder, name);
  }

  async remove(): Promise<void> {
    if (this.#folder) await this.host.files.remove(await this.#folder);
  }
}

type JoinOptions = Pick<FfmpegOptions, "onProgress" | "signal"> & {
  purpose: string;
  /** Settles when it is known whether there is an ffmpeg; a copy goes on meanwhile. */
  ready: Promise<void>;
};

async function joinClips(
  host: Host,
  request: ConcatRequest,
  given: readonly Clip[],
  work: Workplace,
  options: JoinOptions,
): Promise<ConcatReport> {
  const clips = await Promise.all(
    given.map((clip, index) => unpackClip(host, clip, index, work, options)),
  );
  const plan = planConcat(clips.map((clip) => clip.facts), {
    soundtrack: request.soundtrack !== undefined,
    ...(request.fps === undefined ? {} : { fps: request.fps }),
  });
  const segments = await encodeClips(host, clips, plan, work, options);
  const timescale = commonTimescale(segments.map((segment) => segment.video.track));
  if (timescale === undefined) throw new EncodingFailed("the clips share no time base");
  const video = joinVideo(segments.map(videoSegment), timescale);
  const ends: number[] = [];
  for (const { seconds } of segments) ends.push((ends.at(-1) ?? 0) + seconds);
  const seconds = ends.at(-1) ?? 0;
  const sound = request.soundtrack
    ? await soundtrack(host, request.soundtrack, seconds, work, options)
    : undefined;
  const audio = sound
    ? joinAudio([sound], [seconds], sound.format)
    : plan.audio && joinAudio(segments.map((segment) => segment.audio), ends, plan.audio);
  throwIfCancelled(options.signal);
  await writeOutput(host, request, layOutMovie(audio ? [video, audio] : [video]), work, options);
  options.onProgress?.(1);
  return {
    width: plan.width,
    height: plan.height,
    seconds,
    clips: plan.clips.map(({ reason }, index) => ({ path: given[index]?.path ?? "", reason })),
    encodedSound: plan.clips.filter((clip) => clip.audio === "encode").length,
  };
}

function videoSegment(segment: { video: CopyableVideo; seconds: number }) {
  return { ...segment.video, seconds: segment.seconds };
}

/**
 * Pictures in another wrapping (fragments, …) are put into a plain MP4 file, so that they can be
 * copied; when that fails the clip stays as it is. Sound is then encoded from the clip itself.
 */
async function unpackClip(
  host: Host,
  clip: Clip,
  index: number,
  work: Workplace,
  options: JoinOptions,
): Promise<Clip> {
  const video = clip.probe?.video;
  if (clip.video || video?.rotation !== 0 || !REMUXED_CODECS.has(video.codec)) return clip;
  // Pictures that start later than the sound would move in a file of their own.
  if ((video.startSeconds ?? 1) * (video.fps ? video.fps.num / video.fps.den : 0) > 0.5) {
    return clip;
  }
  // A plain MP4 file that cannot be copied has pictures hidden or uneven: copying keeps that.
  if (await readMovie(host.files, clip.path)) return clip;
  const file = await work.file(`clip-${index}.mp4`);
  const { signal } = options;
  const end = await runFfmpeg(host, options.purpose, remuxArguments(clip.path), file, {
    ...(signal ? { signal } : {}),
  });
  if (!end.ok) return clip;
  const movie = await readMovie(host.files, file);
  return movie ? withPictures(clip, movie) : clip;
}

async function soundtrack(
  host: Host,
  track: { path: string; startSeconds: number },
  seconds: number,
  work: Workplace,
  options: JoinOptions,
): Promise<CopyableAudio> {
  const file = await work.file("soundtrack.mp4");
  const { signal } = options;
  const args = soundtrackArguments(track.path, track.startSeconds, seconds);
  const end = await runFfmpeg(host, options.purpose, args, file, {
    ...(signal ? { signal } : {}),
  });
  if (!end.ok) throw new EncodingFailed(`the soundtrack ${quote(track.path)}: ${end.reason}`);
  const movie = await readMovie(host.files, file);
  const audio = movie && copyableAudio(movie);
  if (!audio) throw new EncodingFailed(`the soundtrack ${quote(track.path)} holds no sound there`);
  return audio;
}

async function writeOutput(
  host: Host,
  request: ConcatRequest,
  parts: ReturnType<typeof layOutMovie>,
  work: Workplace,
  options: JoinOptions,
): Promise<void> {
  const { output } = request;
  if (MP4_NAMES.has(extname(output).toLowerCase())) {
    const temporary = await host.files.temporary(output);
    try {
      await host.files.assemble(temporary, parts);
      await options.ready;
      await host.files.rename(temporary, output);
    } catch (error) {
      if (error instanceof AppError) throw error;
      throw failure(request, (error as Error).message, error);
    } finally {
      await host.files.remove(temporary);
    }
    return;
  }
  // Another container: made as MP4 first, then put over.
  const film = await work.file("film.mp4");
  await host.files.assemble(film, parts);
  const args = [...inputArguments(film), "-map", "0", "-c", "copy"];
  const { signal } = options;
  const end = await runFfmpeg(host, options.purpose, args, output, {
    ...(signal ? { signal } : {}),
  });
  if (!end.ok) throw new EncodingFailed(`${quote(basename(output))}: ${end.reason}`);
}

async function checkOutput(host: Host, request: ConcatRequest): Promise<void> {
  const folder = dirname(request.output);
  if ((await host.files.stat(folder))?.kind !== "directory") {
    throw failure(request, `the folder ${quote(folder)} does not exist`);
  }
  if ((await host.files.stat(request.output))?.kind === "directory") {
    throw failure(request, `${quote(request.output)} is a folder`);
  }
}

function failure(request: ConcatRequest, reason: string, cause?: unknown): AppError {
  const trouble = diskTrouble(reason);
  // The system's own words name a temporary file that nobody has heard of.
  const told = cause === undefined ? reason : trouble?.meaning ?? reason;
  return new AppError("FFMPEG_FAILED", `The clips could not be joined: ${told}.`, {
    details: { outputPath: request.output, clips: request.clips.length },
    hint: trouble?.hint ??
      "Check that each clip plays and that the output's folder exists and can be written.",
    cause,
  });
}

function quote(text: string): string {
  return JSON.stringify(text);
}
