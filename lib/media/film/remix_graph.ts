/** The filter graph and arguments of a remix. Pure. */
import { inputArguments } from "../ffmpeg/input_arguments.ts";
import { AUDIO_ENCODING } from "./clip_encoding.ts";

/** How the sound of a film is rebuilt. Times in seconds; absent means not wanted. */
export interface RemixWishes {
  /** The base track; absent: the film's own sound. */
  readonly bed?: string;
  /** The base track repeats until the film ends. */
  readonly loop?: boolean;
  readonly fadeIn?: number;
  readonly fadeOut?: number;
  /** One more track over the base. */
  readonly mix?: string;
  readonly mixAt?: number;
  /** Decibels. */
  readonly mixGain?: number;
}

const FORMAT = "aresample=44100,aformat=sample_rates=44100:channel_layouts=stereo";

/**
 * All arguments but the output's name.
 *
 * @param seconds length of the film, when known
 * @param streaming true for MP4 and its like, whose header goes to the front
 */
export function remixArguments(
  video: string,
  wishes: RemixWishes,
  seconds: number | undefined,
  streaming: boolean,
): string[] {
  // An endless base track can end only with the film.
  const loops = wishes.loop === true && seconds !== undefined;
  const separate = wishes.bed !== undefined || loops;
  const baseIndex = separate ? 1 : 0;
  return [
    ...inputArguments(video),
    ...(separate ? inputArguments(wishes.bed ?? video, loops ? ["-stream_loop", "-1"] : []) : []),
    ...(wishes.mix === undefined ? [] : inputArguments(wishes.mix)),
    "-filter_complex",
    remixGraph(wishes, baseIndex, seconds, loops),
    "-map",
    "0:V:0",
    "-map",
    "[out]",
    "-c:v",
    "copy",
    ...AUDIO_ENCODING,
    ...(streaming ? ["-movflags", "+faststart"] : []),
    ...(seconds === undefined ? [] : ["-t", String(seconds)]),
  ];
}

/** @param baseIndex number of the input that holds the base track; the extra one follows it */
export function remixGraph(
  wishes: RemixWishes,
  baseIndex: number,
  seconds: number | undefined,
  loops = false,
): string {
  const { fadeIn = 0, fadeOut = 0, mixAt = 0, mixGain = 0 } = wishes;
  const base = [FORMAT];
  if (loops && seconds !== undefined) base.push(`atrim=end=${seconds}`);
  if (fadeIn > 0) base.push(`afade=t=in:st=0:d=${fadeIn}`);
  if (fadeOut > 0 && seconds !== undefined) {
    base.push(`afade=t=out:st=${Math.max(0, seconds - fadeOut)}:d=${fadeOut}`);
  }
  const input = `[${baseIndex}:a:0]${base.join(",")}`;
  if (wishes.mix === undefined) return `${input}[out]`;
  const extra = [FORMAT];
  if (mixGain !== 0) extra.push(`volume=${mixGain}dB`);
  const delay = Math.round(mixAt * 1000);
  if (delay > 0) extra.push(`adelay=${delay}:all=1`);
  return [
    `${input}[base]`,
    `[${baseIndex + 1}:a:0]${extra.join(",")}[extra]`,
    "[base][extra]amix=inputs=2:duration=longest:normalize=0,alimiter=limit=0.95:level=0[out]",
  ].join(";");
}
