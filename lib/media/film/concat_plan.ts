/** Decides, without touching a file, what joining does with each clip. */
import type { AacFormat } from "./mp4/sample_entry.ts";
import { type Rational, rational, rationalNumber, sameRational } from "./rational.ts";

/** What is known of a clip; a property is absent when it could not be found out. */
export interface ClipFacts {
  readonly width?: number;
  readonly height?: number;
  readonly fps?: Rational;
  /** Seconds that the clip takes in the film. */
  readonly seconds?: number;
  /** For people: `h264`. */
  readonly videoCodec?: string;
  readonly hasAudio: boolean;
  /** Present when the pictures can be taken over as they are. */
  readonly videoCopy?: VideoCopy;
  /** Present when the sound can be taken over as it is. */
  readonly audioCopy?: AudioCopy;
}

/** Pictures that need no new encoding. */
export interface VideoCopy {
  /** Equal for clips that one decoder set-up serves. */
  readonly identity: string;
  /** True when they may follow other such pictures with another set-up. */
  readonly mixable: boolean;
}

/** Sound that needs no new encoding. */
export interface AudioCopy extends AacFormat {
  /** True when it lasts as long as the pictures, so that no silence has to be added. */
  readonly covers: boolean;
}

/** What happens to the pictures and the sound of a clip. */
export interface ClipPlan {
  readonly video: "copy" | "encode";
  /** Why the pictures are encoded, for people; empty for a copy. */
  readonly reason: string;
  readonly audio: "copy" | "encode" | "silence" | "none";
}

/** The whole film. */
export interface ConcatPlan {
  readonly width: number;
  readonly height: number;
  readonly fps: Rational;
  /** Absent with an external soundtrack. */
  readonly audio: AacFormat | undefined;
  readonly clips: readonly ClipPlan[];
}

/** What the caller asks for. */
export interface ConcatWishes {
  /** Ignored unless above 0; rounded to a whole number. */
  readonly fps?: number;
  /** An external soundtrack replaces the sound of the clips. */
  readonly soundtrack: boolean;
}

const DEFAULT_AUDIO: AacFormat = { sampleRate: 44100, channels: 2 };

/** The plan for clips in their order. */
export function planConcat(facts: readonly ClipFacts[], wishes: ConcatWishes): ConcatPlan {
  const fps = targetFps(facts, wishes.fps);
  const sized = facts.find((clip) => clip.width && clip.height);
  const exact = { width: sized?.width ?? 1280, height: sized?.height ?? 720 };
  const alike = facts.every((clip) =>
    clip.videoCopy !== undefined && clip.videoCopy.identity === facts[0]?.videoCopy?.identity &&
    clip.width === exact.width && clip.height === exact.height &&
    clip.fps !== undefined && sameRational(clip.fps, fps)
  );
  // H.264 with 4:2:0 colour has no odd sides.
  const target = alike ? exact : { width: even(exact.width), height: even(exact.height) };
  const reasons = facts.map((clip) => alike ? "" : difference(clip, target, fps));
  const copied = facts.filter((_, index) => reasons[index] === "");
  const audio = wishes.soundtrack ? undefined : targetAudio(facts, copied);
  const clips = facts.map((clip, index): ClipPlan => {
    const reason = reasons[index] ?? "";
    return { video: reason === "" ? "copy" : "encode", reason, audio: audioPlan(clip, audio) };
  });
  return { ...target, fps, audio, clips };
}

/** What was asked for, else the rate that all share, else the highest as a whole number. */
function targetFps(facts: readonly ClipFacts[], asked = 0): Rational {
  if (asked > 0) return whole(asked);
  const known = facts.map((clip) => clip.fps).filter((fps) => fps !== undefined);
  const [first, ...others] = known;
  if (!first) return whole(24);
  if (others.every((fps) => sameRational(fps, first))) return first;
  return whole(Math.max(...known.map((fps) => fps.num / fps.den)));
}

function whole(fps: number): Rational {
  return rational(Math.max(1, Math.round(fps)), 1) ?? { num: 24, den: 1 };
}

/** Why a clip cannot be copied into a film of this size and rate; empty when it can. */
function difference(
  clip: ClipFacts,
  target: { width: number; height: number },
  fps: Rational,
): string {
  const reasons: string[] = [];
  if (clip.width !== target.width || clip.height !== target.height) {
    reasons.push(`size ${clip.width ?? "?"}x${clip.height ?? "?"}`);
  }
  if (!clip.fps || !sameRational(clip.fps, fps)) {
    reasons.push(`${clip.fps ? rationalNumber(clip.fps) : "unknown"} fps`);
  }
  if (reasons.length === 0 && !clip.videoCopy?.mixable) {
    reasons.push(
      clip.videoCodec && clip.videoCodec !== "h264"
        ? `codec ${clip.videoCodec}`
        : "a stream that cannot be joined as it is",
    );
  }
  return reasons.join(", ");
}

/**
 * The layout that most clips with sound have, so that most are copied; stereo is never lost to
 * mono. Where no clip with sound is copied as a whole, the film gets the usual layout.
 */
function targetAudio(facts: readonly ClipFacts[], copied: readonly ClipFacts[]): AacFormat {
  if (!copied.some((clip) => clip.audioCopy)) return DEFAULT_AUDIO;
  const sounding = facts.filter((clip) => clip.hasAudio);
  const formats = sounding.map((clip) => clip.audioCopy).filter((copy) => copy !== undefined);
  const [first] = formats;
  const alike = formats.length === facts.length && first !== undefined &&
    formats.every((format) => layoutOf(format) === layoutOf(first));
  if (alike && (first.channels <= 2 || formats.every((format) => format.covers))) {
    return { sampleRate: first.sampleRate, channels: first.channels };
  }
  const stereo = formats.filter((format) => format.channels === 2);
  if (stereo.length > 0) return commonest([...stereo].sort(usualRateFirst));
  // Silence can be made for one and two channels only.
  const mono = formats.filter((format) => format.channels === 1);
  return mono.length > 0 && mono.length === sounding.length ? commonest(mono) : DEFAULT_AUDIO;
}

function usualRateFirst(a: AacFormat, b: AacFormat): number {
  const usual = (format: AacFormat) => Number(format.sampleRate === DEFAULT_AUDIO.sampleRate);
  return usual(b) - usual(a);
}

/** The first of those that occur most often. */
function commonest(formats: readonly AacFormat[]): AacFormat {
  const count = (format: AacFormat) =>
    formats.filter((other) => layoutOf(other) === layoutOf(format)).length;
  const best = formats.reduce((most, format) => count(format) > count(most) ? format : most);
  return { sampleRate: best.sampleRate, channels: best.channels };
}

function layoutOf({ sampleRate, channels }: AacFormat): string {
  return `${sampleRate}/${channels}`;
}

function audioPlan(clip: ClipFacts, target: AacFormat | undefined): ClipPlan["audio"] {
  if (!target) return "none";
  if (!clip.hasAudio) return "silence";
  const { audioCopy } = clip;
  return audioCopy && layoutOf(audioCopy) === layoutOf(target) ? "copy" : "encode";
}

function even(side: number): number {
  return Math.max(2, side - side % 2);
}
