/** Music. */
import { DEFAULT_MUSIC_SECONDS, MUSIC_RANGES } from "../catalog/music_models.ts";
import { findMusicModel, MUSIC_MODELS, MUSIC_TIMEOUT_SECONDS } from "../catalog/music_models.ts";
import type { MusicModel, Range } from "../catalog/music_models.ts";
import { invalidArgument } from "../errors/app_error.ts";
import { failureContext } from "./context.ts";
import type { SharedChoices } from "./shared.ts";
import type { Plan, PlanInput, ProjectParams } from "./types.ts";

const FORMAT = "mp3";

/** Plans one music project with as many tracks as asked for. */
export function planMusic(input: PlanInput, shared: SharedChoices, prompt: string): Plan {
  const { options } = input;
  const model = chooseMusicModel(input);
  const settings = musicSettings(input, model);
  const { bpm, timesig, language, lyrics, keyscale, composerMode, promptStrength, creativity } =
    options;
  const outputFormat = shared.outputFormat ?? FORMAT;
  const token = shared.token(model.id, false);
  const { duration, steps, guidance, shift, sampler, scheduler } = settings;
  const seed = shared.seed({
    prompt,
    model: model.id,
    workflow: "music",
    width: null,
    height: null,
    outputFormat: options.outputFormat ?? FORMAT,
    sampler,
    scheduler,
    musicLyrics: lyrics ?? "",
    musicLanguage: language ?? "",
    musicBpm: bpm ?? null,
    musicKeyscale: keyscale ?? "",
    musicTimesig: timesig ?? "",
    musicComposerMode: composerMode ?? null,
    musicPromptStrength: promptStrength ?? null,
    musicCreativity: creativity ?? null,
    musicShift: shift,
    tokenType: token.hashed,
    steps,
    guidance: guidance ?? null,
  });
  const params: ProjectParams = {
    type: "audio",
    modelId: model.id,
    positivePrompt: prompt,
    numberOfMedia: shared.count,
    duration,
    steps,
    tokenType: token.tokenType,
    network: shared.network,
    disableNSFWFilter: shared.noFilter,
    outputFormat,
    shift,
    sampler,
    scheduler,
    seed: seed.seed,
    ...(guidance === undefined ? {} : { guidance }),
    ...(bpm === undefined ? {} : { bpm }),
    ...(timesig === undefined ? {} : { timesignature: timesig }),
    ...(language === undefined ? {} : { language }),
    ...(lyrics === undefined ? {} : { lyrics }),
    ...(keyscale === undefined ? {} : { keyscale }),
    ...(composerMode === undefined ? {} : { composerMode }),
    ...(promptStrength === undefined ? {} : { promptStrength }),
    ...(creativity === undefined ? {} : { creativity }),
  };
  const timeoutSeconds = options.timeout ?? input.config.defaultMusicTimeoutSec ??
    MUSIC_TIMEOUT_SECONDS;
  return {
    medium: "music",
    branch: "music",
    model: model.id,
    prompt,
    count: shared.count,
    projects: [{ params, media: [] }],
    order: "together",
    network: shared.network,
    tokenType: token.tokenType,
    tokenFallback: token.tokenFallback,
    timeoutSeconds,
    extension: outputFormat,
    seed: seed.seed,
    seedStrategy: seed.strategy,
    summary: {
      type: "music",
      prompt,
      model: model.id,
      width: null,
      height: null,
      seed: seed.seed,
      seedStrategy: seed.strategy,
      tokenType: token.tokenType,
      outputFormat,
      sampler,
      scheduler,
      duration,
      bpm: bpm ?? null,
      keyscale: keyscale ?? null,
      timesignature: timesig ?? null,
      language: language ?? null,
      composerMode: composerMode ?? null,
      ...(promptStrength === undefined ? {} : { promptStrength }),
      ...(creativity === undefined ? {} : { creativity }),
      shift,
    },
    context: failureContext({
      video: false,
      model: model.id,
      count: shared.count,
      tokenType: token.tokenType,
      duration,
    }),
    notes: shared.notes,
    needsFfmpeg: false,
  };
}

function chooseMusicModel({ options, config }: PlanInput): MusicModel {
  const named = options.musicModel ?? options.model;
  const selector = named ?? config.defaultMusicModel;
  const model = selector === undefined ? MUSIC_MODELS[0] : findMusicModel(selector);
  if (model) return model;
  const flag = options.musicModel === undefined && named !== undefined
    ? "--model"
    : "--music-model";
  const known = MUSIC_MODELS.flatMap(({ id, aliases = [] }) => [...aliases, id]);
  throw invalidArgument(
    `${flag} "${selector}" is not a music model.`,
    { flag, value: selector, allowed: known },
    `Use one of: ${known.join(", ")}.${
      named === undefined ? " The name comes from defaultMusicModel in the configuration." : ""
    }`,
  );
}

interface MusicSettings {
  duration: number;
  steps: number;
  guidance: number | undefined;
  shift: number;
  sampler: string;
  scheduler: string;
}

function musicSettings({ options, config }: PlanInput, model: MusicModel): MusicSettings {
  const inRange = (flag: string, value: number, range: Range): number =>
    checkRange(flag, value, range, model);
  const own = config.modelDefaults?.[model.id];
  const guidance = options.guidance ?? own?.guidance ?? model.guidance?.default;
  for (const [key, flag] of OPTIONAL_RANGES) {
    const value = options[key];
    if (value !== undefined) inRange(flag, value, MUSIC_RANGES[key]);
  }
  return {
    duration: inRange(
      "--duration",
      options.duration ?? config.defaultMusicDurationSec ?? DEFAULT_MUSIC_SECONDS,
      model.durationSeconds,
    ),
    steps: inRange("--steps", options.steps ?? own?.steps ?? model.steps.default, model.steps),
    guidance: guidance !== undefined && model.guidance !== undefined
      ? inRange("--guidance", guidance, model.guidance)
      : guidance,
    shift: inRange("--music-shift", options.musicShift ?? model.shift.default, model.shift),
    sampler: checkName("--sampler", options.sampler, model.samplers, model),
    scheduler: checkName("--scheduler", options.scheduler, model.schedulers, model),
  };
}

const OPTIONAL_RANGES = [
  ["bpm", "--bpm"],
  ["promptStrength", "--prompt-strength"],
  ["creativity", "--creativity"],
] as const;

function checkRange(flag: string, value: number, { min, max }: Range, model: MusicModel): number {
  if (value >= min && value <= max) return value;
  throw invalidArgument(
    `${flag} must be from ${min} to ${max} for ${model.id} (got ${value}).`,
    { flag, value, model: model.id, min, max },
    `Use ${flag} ${value < min ? min : max} or a value between ${min} and ${max}.`,
  );
}

function checkName(
  flag: string,
  value: string | undefined,
  allowed: readonly [string, ...string[]],
  model: MusicModel,
): string {
  if (value === undefined) return allowed[0];
  if (allowed.includes(value)) return value;
  throw invalidArgument(
    `${flag} "${value}" is not offered by ${model.id}; allowed: ${allowed.join(", ")}.`,
    { flag, value, model: model.id, allowed: [...allowed] },
    `Use ${flag} ${allowed[0]}, or leave it out.`,
  );
}
