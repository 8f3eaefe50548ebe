/** Which seed a plan uses, and the hash that a prompt-hash seed is made from. */
import type { Options } from "../cli/flags/table.ts";
import { invalidArgument } from "../errors/app_error.ts";
import type { PlanInput } from "./types.ts";

/** How a seed is drawn when none is given. */
export type SeedStrategy = "random" | "prompt-hash";

/** Largest seed the service takes. */
export const MAX_SEED = 0xffffffff;

/**
 * The settings that a prompt-hash seed depends on. Absent text counts as `""`, absent numbers and
 * booleans as `null`, absent lists as `[]`.
 */
export interface SeedFields {
  prompt?: string;
  model?: string;
  /** Video workflow, `music` or `image`. */
  workflow?: string;
  width?: number | null;
  height?: number | null;
  azimuth?: string;
  elevation?: string;
  distance?: string;
  angleDescription?: string;
  outputFormat?: string;
  sampler?: string;
  scheduler?: string;
  musicLyrics?: string;
  musicLanguage?: string;
  musicBpm?: number | null;
  musicKeyscale?: string;
  musicTimesig?: string;
  musicComposerMode?: boolean | null;
  musicPromptStrength?: number | null;
  musicCreativity?: number | null;
  musicShift?: number | null;
  targetResolution?: number | null;
  loras?: readonly string[];
  loraStrengths?: readonly number[];
  refImage?: string;
  refImageEnd?: string;
  refAudio?: string;
  audioStart?: number | null;
  audioDuration?: number | null;
  referenceAudioIdentity?: string;
  refVideo?: string;
  videoStart?: number | null;
  contextImages?: readonly string[];
  autoResizeVideoAssets?: boolean | null;
  /** As asked for (`auto` stays `auto`), except that vendor models always count as `spark`. */
  tokenType?: string;
  steps?: number | null;
  guidance?: number | null;
}

/** A chosen seed with what has to be said about it. */
export interface SeedChoice {
  seed: number;
  /** Recorded only when a strategy was used or asked for. */
  strategy: SeedStrategy | null;
  /** Warnings about `--last-seed`; `--quiet` does not hide them. */
  warnings: string[];
  /** `Using <strategy> seed: N`, when a strategy drew the seed. */
  note?: string;
}

/**
 * Chooses the seed: `--last-seed` beats `--seed`, and only without both a strategy draws one.
 *
 * @throws AppError `INVALID_ARGUMENT` for a seed or strategy that cannot be used
 */
export function chooseSeed(input: PlanInput, fields: SeedFields): SeedChoice {
  const { options, config } = input;
  const asked = parseStrategy(options.seedStrategy ?? config.seedStrategy);
  const warnings: string[] = [];
  const given = lastSeed(input, warnings) ?? checkedSeed(options.seed);
  if (given !== undefined) return { seed: given, strategy: asked ?? null, warnings };
  const strategy = asked ?? "prompt-hash";
  const seed = strategy === "random"
    ? input.randomSeed >>> 0
    : hashSeed(seedHashText(fields), input.sha256);
  return { seed, strategy, warnings, note: `Using ${strategy} seed: ${seed}` };
}

/** The settings a command line fixes by itself, before models and sizes are chosen. */
export function seedFieldsFromOptions(options: Options): SeedFields {
  return {
    azimuth: options.azimuth ?? "front",
    elevation: options.elevation ?? "eye-level",
    distance: options.distance ?? "medium",
    angleDescription: options.angleDescription ?? "",
    outputFormat: options.outputFormat ?? "",
    sampler: options.sampler ?? "",
    scheduler: options.scheduler ?? "",
    targetResolution: options.targetResolution ?? null,
    loras: options.loras ?? [],
    loraStrengths: options.loraStrengths ?? [],
    refImage: options.ref ?? "",
    refImageEnd: options.refEnd ?? "",
    refAudio: options.refAudio?.[0] ?? "",
    audioStart: options.audioStart ?? null,
    audioDuration: options.audioDuration ?? null,
    referenceAudioIdentity: options.referenceAudioIdentity ?? "",
    refVideo: options.refVideo?.[0] ?? "",
    videoStart: options.videoStart ?? null,
    contextImages: options.context ?? [],
    autoResizeVideoAssets: options.autoResizeAssets ?? null,
    steps: options.steps ?? null,
    guidance: options.guidance ?? null,
  };
}

/** The JSON text that a prompt-hash seed is the hash of; the order of keys is fixed for good. */
export function seedHashText(fields: SeedFields): string {
  return JSON.stringify({
    prompt: fields.prompt ?? "",
    model: fields.model ?? "",
    workflow: fields.workflow ?? "",
    width: fields.width ?? null,
    height: fields.height ?? null,
    azimuth: fields.azimuth ?? "",
    elevation: fields.elevation ?? "",
    distance: fields.distance ?? "",
    angleDescription: fields.angleDescription ?? "",
    outputFormat: fields.outputFormat ?? "",
    sampler: fields.sampler ?? "",
    scheduler: fields.scheduler ?? "",
    musicLyrics: fields.musicLyrics ?? "",
    musicLanguage: fields.musicLanguage ?? "",
    musicBpm: fields.musicBpm ?? null,
    musicKeyscale: fields.musicKeyscale ?? "",
    musicTimesig: fields.musicTimesig ?? "",
    musicComposerMode: fields.musicComposerMode ?? null,
    musicPromptStrength: fields.musicPromptStrength ?? null,
    musicCreativity: fields.musicCreativity ?? null,
    musicShift: fields.musicShift ?? null,
    targetResolution: fields.targetResolution ?? null,
    loras: fields.loras ?? [],
    loraStrengths: fields.loraStrengths ?? [],
    refImage: fields.refImage ?? "",
    refImageEnd: fields.refImageEnd ?? "",
    refAudio: fields.refAudio ?? "",
    audioStart: fields.audioStart ?? null,
    audioDuration: fields.audioDuration ?? null,
    referenceAudioIdentity: fields.referenceAudioIdentity ?? "",
    refVideo: fields.refVideo ?? "",
    videoStart: fields.videoStart ?? null,
    contextImages: fields.contextImages ?? [],
    autoResizeVideoAssets: fields.autoResizeVideoAssets ?? null,
    tokenType: fields.tokenType ?? "",
    steps: fields.steps ?? null,
    guidance: fields.guidance ?? null,
  });
}

/** The first four bytes of the hash as a big-endian unsigned number. */
export function hashSeed(text: string, sha256: (text: string) => Uint8Array): number {
  const hash = sha256(text);
  return new DataView(hash.buffer, hash.byteOffset, hash.byteLength).getUint32(0, false);
}

function lastSeed(input: PlanInput, warnings: string[]): number | undefined {
  if (!input.options.lastSeed) return undefined;
  const seed = input.lastRender?.seed;
  if (seed !== undefined && seed !== 0 && isSeed(seed)) return seed;
  const reason = input.lastRender === undefined
    ? "no last render could be read"
    : "the last render has no seed";
  warnings.push(`Warning: --last-seed is ignored: ${reason}.`);
  return undefined;
}

function checkedSeed(seed: number | undefined): number | undefined {
  if (seed === undefined || isSeed(seed)) return seed;
  throw invalidArgument(
    `--seed must be a whole number from 0 to ${MAX_SEED} (got ${seed}).`,
    { flag: "--seed", value: seed, min: 0, max: MAX_SEED },
  );
}

function isSeed(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= MAX_SEED;
}

function parseStrategy(value: string | undefined): SeedStrategy | undefined {
  if (value === undefined) return undefined;
  const name = value.trim().toLowerCase().replaceAll("_", "-");
  if (name === "random" || name === "prompt-hash") return name;
  throw invalidArgument(
    `--seed-strategy must be random or prompt-hash (got "${value}").`,
    { flag: "--seed-strategy", value, allowed: ["random", "prompt-hash"] },
    "Correct --seed-strategy, or seedStrategy in the plugin configuration.",
  );
}
