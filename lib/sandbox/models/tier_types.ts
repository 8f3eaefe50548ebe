/** Settings of a model as the service publishes them; the shape tells which kind of tier it is. */

/** A range of numbers. */
export interface NumberRange {
  min: number;
  max: number;
  default: number;
  step?: number;
  decimals?: number;
}

/** A choice from a list. */
export interface Choice<Value> {
  allowed: Value[];
  default: Value;
}

/** Timings in seconds. */
export interface Benchmark {
  sec: number;
  secCN: number;
  secMaxPreviews: number;
  secContext1?: number;
  secContext2?: number;
  secContext3?: number;
}

/** Image models of the first generation: no `type`, samplers by their display names. */
export interface LegacyImageTier {
  benchmark: Benchmark;
  steps: NumberRange;
  guidance?: NumberRange;
  scheduler: Choice<string>;
  sampler: Choice<string>;
}

/** Image models that run as node graphs. */
export interface ImageTier {
  type: "image";
  benchmark: Benchmark;
  defaultSize: number;
  steps: NumberRange;
  guidance?: NumberRange;
  comfySampler: Choice<string>;
  comfyScheduler?: Choice<string>;
}

/** Film models. */
export interface VideoTier {
  type: "video";
  benchmark: Benchmark;
  width: NumberRange;
  height: NumberRange;
  steps?: NumberRange;
  guidance?: NumberRange;
  fps?: Choice<number>;
  frames?: NumberRange;
  shift?: NumberRange;
  comfySampler?: Choice<string>;
  comfyScheduler?: Choice<string>;
}

/** Music models. */
export interface AudioTier {
  type: "audio";
  benchmark: Benchmark;
  steps: NumberRange;
  duration: NumberRange;
  bpm: NumberRange;
  timesignature: Choice<string>;
  language: Choice<string>;
  keyscale: Choice<string>;
  composerMode: { default: boolean };
  promptStrength: NumberRange;
  creativity: NumberRange;
  shift: NumberRange;
  guidance?: NumberRange;
  comfySampler: Choice<string>;
  comfyScheduler: Choice<string>;
}

/** Any tier. */
export type Tier = LegacyImageTier | ImageTier | VideoTier | AudioTier;
