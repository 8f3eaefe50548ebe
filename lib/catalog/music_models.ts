/** The music models. To add one, add a row to {@link MUSIC_MODELS}. */

/** A closed range. */
export interface Range {
  readonly min: number;
  readonly max: number;
}

/** Facts about a music model. */
export interface MusicModel {
  readonly id: string;
  /** Short selectors for `--music-model`. */
  readonly aliases?: readonly string[];
  readonly steps: Range & { readonly default: number };
  /** Absent: not sent unless asked for, and then unchecked. */
  readonly guidance?: Range & { readonly default: number };
  readonly shift: Range & { readonly default: number };
  /** The first is the default. */
  readonly samplers: readonly [string, ...string[]];
  /** The first is the default. */
  readonly schedulers: readonly [string, ...string[]];
  readonly durationSeconds: Range;
}

const SHIFT = { min: 1, max: 6, default: 3 } as const;
const DURATION = { min: 10, max: 600 } as const;
const TURBO = {
  steps: { min: 4, max: 16, default: 8 },
  shift: SHIFT,
  samplers: ["euler", "euler_ancestral"],
  schedulers: ["simple"],
  durationSeconds: DURATION,
} as const;
const SFT = {
  steps: { min: 10, max: 100, default: 50 },
  guidance: { min: 1, max: 15, default: 5 },
  shift: SHIFT,
  samplers: ["er_sde", "euler", "euler_ancestral"],
  schedulers: ["linear_quadratic", "simple"],
  durationSeconds: DURATION,
} as const;

/** Every music model; the first is the default. */
export const MUSIC_MODELS: readonly [MusicModel, ...MusicModel[]] = [
  { id: "ace_step_1.5_xl_turbo", aliases: ["turbo", "speed", "fast"], ...TURBO },
  { id: "ace_step_1.5_xl_sft", aliases: ["sft", "lyrics", "lyric"], ...SFT },
  { id: "ace_step_1.5_turbo", ...TURBO },
  { id: "ace_step_1.5_sft", ...SFT },
];

/** Seconds of music when no length is asked for. */
export const DEFAULT_MUSIC_SECONDS = 30;

/** Time limit of a music project in seconds. */
export const MUSIC_TIMEOUT_SECONDS = 600;

/** Ranges that hold for every music model. */
export const MUSIC_RANGES = {
  bpm: { min: 30, max: 300 },
  promptStrength: { min: 0, max: 10 },
  creativity: { min: 0, max: 2 },
} as const satisfies Record<string, Range>;

/** The model of a selector or id; case does not count, `-` and `_` are the same. */
export function findMusicModel(selector: string): MusicModel | undefined {
  const wanted = normalise(selector);
  return MUSIC_MODELS.find((model) =>
    normalise(model.id) === wanted || model.aliases?.some((alias) => normalise(alias) === wanted)
  );
}

function normalise(name: string): string {
  return name.trim().toLowerCase().replaceAll("-", "_");
}
