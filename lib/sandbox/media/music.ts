/** The sandbox's music: a phrase from prompt and seed, repeated to the length asked for. */
import { composePhrase, SAMPLE_RATE } from "./phrase.ts";
import { type RunProgram, runThroughPipe } from "./program.ts";
import { withFlacLength } from "./flac.ts";
import { makeWav } from "./wav.ts";

/** More than the longest phrase has: 16 beats at 30 a minute. */
const MAX_PHRASE_FRAMES = 40 * SAMPLE_RATE;

/** Formats that can be made. */
export type MusicFormat = "mp3" | "flac" | "wav";

/** What is played and how it is delivered. */
export interface MusicRequest {
  readonly durationSeconds: number;
  readonly format: MusicFormat;
  /** 30 to 300; 120 when absent. */
  readonly bpm?: number;
  readonly seed: number;
  readonly prompt?: string;
  readonly run: RunProgram;
  /** `FFMPEG_PATH`; `ffmpeg` when absent. */
  readonly ffmpeg?: string;
}

const ENCODERS: Readonly<Record<"mp3" | "flac", readonly string[]>> = {
  // Bytes that are already in a pipe cannot be changed: no header with the length, constant rate.
  mp3: [
    "-c:a",
    "libmp3lame",
    "-b:a",
    "128k",
    "-compression_level",
    "9",
    "-write_xing",
    "0",
    "-id3v2_version",
    "3",
    "-f",
    "mp3",
  ],
  flac: ["-c:a", "flac", "-f", "flac"],
};

/** A piece of exactly that length; the tags say that it comes from the sandbox. */
export async function renderMusic(request: MusicRequest): Promise<Uint8Array<ArrayBuffer>> {
  const { format, run, ffmpeg = "ffmpeg" } = request;
  const title = request.prompt ?? "";
  const comment = `sandbox: made by sogni-agent, seed ${request.seed}`;
  if (format === "wav") return makeWav(renderPcm(request), SAMPLE_RATE, { title, comment });
  const frames = lengthOf(request);
  const encoded = await runThroughPipe(run, ffmpeg, [
    ...["-f", "s16le", "-ar", String(SAMPLE_RATE), "-ac", "2", "-i", "pipe:0"],
    ...["-af", repeatFilter(frames)],
    ...["-metadata", `title=${title}`, "-metadata", `comment=${comment}`],
    ...ENCODERS[format],
  ], new Uint8Array(phraseOf(request).buffer));
  return format === "flac" ? withFlacLength(encoded, frames) : encoded;
}

/** The phrase is repeated by ffmpeg: a long piece does not have to be in memory. */
function repeatFilter(frames: number): string {
  const fade = Math.min(frames, SAMPLE_RATE);
  return `aloop=loop=-1:size=${MAX_PHRASE_FRAMES},atrim=end_sample=${frames},` +
    `afade=t=out:start_sample=${frames - fade}:nb_samples=${fade}`;
}

/** Interleaved stereo of exactly the length: the phrase again and again, faded out at the end. */
export function renderPcm(
  request: Pick<MusicRequest, "durationSeconds" | "bpm" | "seed" | "prompt">,
): Int16Array<ArrayBuffer> {
  const frames = lengthOf(request);
  const phrase = phraseOf(request);
  const sound = new Int16Array(frames * 2);
  for (let at = 0; at < sound.length; at += phrase.length) {
    sound.set(phrase.subarray(0, Math.min(phrase.length, sound.length - at)), at);
  }
  const fade = Math.min(frames, SAMPLE_RATE);
  for (let index = 0; index < fade; index++) {
    const at = (frames - fade + index) * 2;
    const level = 1 - index / fade;
    sound[at] = (sound[at] ?? 0) * level;
    sound[at + 1] = (sound[at + 1] ?? 0) * level;
  }
  return sound;
}

function phraseOf(
  { durationSeconds, bpm = 120, seed, prompt = "" }: Omit<MusicRequest, "run" | "format">,
): Int16Array<ArrayBuffer> {
  return composePhrase({ seed, prompt, bpm, maxSeconds: durationSeconds });
}

/** Samples for each channel. */
function lengthOf({ durationSeconds }: { durationSeconds: number }): number {
  return Math.max(1, Math.round(durationSeconds * SAMPLE_RATE));
}
