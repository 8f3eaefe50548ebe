/** Small clips and measurements for tests, made with the ffmpeg of this machine. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { runProgram } from "../../platform/child.ts";
import type { Host, HostFacts, RunOptions, RunResult } from "../../platform/host.ts";
import { createLocalHost } from "../../platform/local_host.ts";

/** What a test clip is made of. */
export interface ClipRecipe {
  size?: string;
  fps?: string;
  seconds?: number;
  /** Seconds of sound; 0 for none. */
  sound?: number;
  /** Hertz of its tone. */
  tone?: number;
  rate?: number;
  channels?: number;
  /** Encoder options of the pictures. */
  video?: readonly string[];
  audio?: readonly string[];
  /** Options behind all others. */
  more?: readonly string[];
}

/** Sound and pictures measured in a file. */
export interface Measured {
  width: number;
  height: number;
  fps: string;
  codec: string;
  frames: number;
  videoSeconds: number;
  audio: boolean;
  sampleRate: number;
  channels: number;
}

/** A host that runs real programs in a real folder; each started program is recorded. */
export function testHost(
  folder: string,
  env: Record<string, string> = {},
): Host & { started: { program: string; args: readonly string[] }[] } {
  const started: { program: string; args: readonly string[] }[] = [];
  const facts: HostFacts = {
    system: "linux",
    cwd: folder,
    home: join(folder, "home"),
    tempDir: folder,
    pid: 1,
    runtime: "test",
    standalone: false,
    env: { PATH: process.env.PATH ?? "", ...env },
    terminal: {
      stdinIsTerminal: false,
      stdoutIsTerminal: false,
      stderrIsTerminal: false,
      columns: 80,
    },
  };
  return {
    ...createLocalHost({ facts }),
    started,
    write: () => {},
    onInterrupt: () => {},
    run: (program: string, args: readonly string[], options?: RunOptions): Promise<RunResult> => {
      started.push({ program, args });
      return runProgram(program, args, { ...options, env: { ...options?.env, ...env } });
    },
  };
}

/** Runs a test in a folder that is removed afterwards. */
export async function inFolder(body: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "sogni-film-test-"));
  try {
    await body(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Makes a clip and returns its path. */
export async function makeClip(path: string, recipe: ClipRecipe = {}): Promise<string> {
  const { size = "320x180", fps = "24", seconds = 1, tone = 440, rate = 44100 } = recipe;
  const { sound = seconds, channels = 2 } = recipe;
  await ffmpeg([
    "-f",
    "lavfi",
    "-i",
    `testsrc2=size=${size}:rate=${fps}:duration=${seconds}`,
    ...(sound > 0
      ? ["-f", "lavfi", "-i", `sine=frequency=${tone}:sample_rate=${rate}:duration=${sound}`]
      : []),
    ...(recipe.video ?? ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"]),
    ...(sound > 0 ? [...(recipe.audio ?? ["-c:a", "aac"]), "-ac", String(channels)] : []),
    ...(recipe.more ?? []),
    `file:${path}`,
  ]);
  return path;
}

/** Runs ffmpeg and fails loudly; returns what it wrote to stdout. */
export async function ffmpeg(args: readonly string[]): Promise<Uint8Array> {
  const result = await runProgram("ffmpeg", ["-nostdin", "-v", "error", "-y", ...args], {
    maxOutputBytes: 256 * 1024 * 1024,
  });
  if (result.code !== 0) throw new Error(`ffmpeg ${args.join(" ")}: ${result.stderr}`);
  return result.stdout;
}

/** Counts and measures what a player would get. */
export async function measure(path: string): Promise<Measured> {
  const result = await runProgram("ffprobe", [
    "-v",
    "error",
    "-count_frames",
    "-show_streams",
    "-of",
    "json",
    `file:${path}`,
  ]);
  const { streams } = JSON.parse(new TextDecoder().decode(result.stdout)) as {
    streams: Record<string, string | number>[];
  };
  const video = streams.find((stream) => stream.codec_type === "video") ?? {};
  const audio = streams.find((stream) => stream.codec_type === "audio");
  return {
    width: Number(video.width),
    height: Number(video.height),
    fps: String(video.avg_frame_rate),
    codec: String(video.codec_name),
    frames: Number(video.nb_read_frames),
    videoSeconds: Number(video.duration),
    audio: audio !== undefined,
    sampleRate: Number(audio?.sample_rate),
    channels: Number(audio?.channels),
  };
}

/** A checksum of each decoded picture. */
export async function frameSums(path: string): Promise<string[]> {
  const output = await ffmpeg(["-i", `file:${path}`, "-map", "0:v:0", "-f", "framemd5", "-"]);
  return new TextDecoder().decode(output).split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => line.split(",").at(-1)?.trim() ?? "");
}

/** Decoded sound, one channel at 8000 samples a second, where each sample is in time. */
export async function soundOf(path: string): Promise<Int16Array> {
  const output = await ffmpeg([
    "-i",
    `file:${path}`,
    "-map",
    "0:a:0",
    "-af",
    "aresample=8000:async=1:first_pts=0",
    "-ac",
    "1",
    "-f",
    "s16le",
    "-",
  ]);
  return new Int16Array(output.slice().buffer);
}

/** The tone between two times in hertz, by its zero crossings; 0 for silence. */
export function toneOf(sound: Int16Array, from: number, to: number): number {
  const part = sound.subarray(Math.round(from * 8000), Math.round(to * 8000));
  if (part.length === 0 || Math.max(...part.map(Math.abs)) < 100) return 0;
  let crossings = 0;
  for (let index = 1; index < part.length; index++) {
    if ((part[index - 1] ?? 0) < 0 !== (part[index] ?? 0) < 0) crossings++;
  }
  return crossings / 2 / (part.length / 8000);
}
