/** The settings that each kind of model publishes. */
import type { AudioTier, Choice, ImageTier, LegacyImageTier, VideoTier } from "./tier_types.ts";

const GRAPH_SAMPLERS = [
  "euler",
  "euler_ancestral",
  "heun",
  "dpmpp_2m",
  "dpmpp_2m_sde",
  "dpmpp_sde",
  "dpmpp_3m_sde",
  "res_multistep",
  "er_sde",
  "uni_pc",
  "lcm",
  "ddim",
];
const GRAPH_SCHEDULERS = [
  "simple",
  "normal",
  "karras",
  "exponential",
  "sgm_uniform",
  "ddim_uniform",
  "beta",
  "linear_quadratic",
  "kl_optimal",
];
/** Display names; clients map them to the names that are sent. */
const LEGACY_SAMPLERS = [
  "DPM++ SDE",
  "Euler",
  "Euler a",
  "Euler Ancestral",
  "Heun",
  "DPM++ 2M",
  "DPM++ 2M SDE",
  "DPM++ 3M SDE",
  "UniPC",
  "LCM (Latent Consistency Model)",
  "DPM Solver Multistep (DPM-Solver++)",
  "PNDM (Pseudo-linear multi-step)",
];
const LEGACY_SCHEDULERS = [
  "Karras",
  "Simple",
  "Normal",
  "Exponential",
  "SGM Uniform",
  "DDIM",
  "Leading",
  "Linear",
  "Beta",
];
const LANGUAGES = ["en", "zh", "ja", "ko", "es", "fr", "de", "it", "pt", "ru", "unknown"];
const NOTES = ["C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B"];

/** What the maker of an image tier must know. */
export interface ImageSettings {
  steps: number;
  guidance: number;
  /** Render seconds of one step. */
  seconds: number;
}

/** An image model that runs as a node graph. */
export function graphImageTier(settings: ImageSettings & { size: number }): ImageTier {
  return {
    type: "image",
    benchmark: benchmark(settings.steps * settings.seconds),
    defaultSize: settings.size,
    steps: { min: 1, max: 100, default: settings.steps },
    guidance: { min: 0, max: 20, decimals: 1, default: settings.guidance },
    comfySampler: choice(GRAPH_SAMPLERS),
    comfyScheduler: choice(GRAPH_SCHEDULERS),
  };
}

/** An image model of the first generation. */
export function legacyImageTier(settings: ImageSettings): LegacyImageTier {
  return {
    benchmark: benchmark(settings.steps * settings.seconds),
    steps: { min: 1, max: 100, default: settings.steps },
    guidance: { min: 0, max: 20, decimals: 1, default: settings.guidance },
    sampler: choice(LEGACY_SAMPLERS),
    scheduler: choice(LEGACY_SCHEDULERS),
  };
}

/** An image model at an outside vendor: nothing can be chosen. */
export function vendorImageTier(): ImageTier {
  return {
    type: "image",
    benchmark: benchmark(20),
    defaultSize: 1024,
    steps: { min: 1, max: 1, default: 1 },
    comfySampler: { allowed: [], default: "" },
  };
}

/** What the maker of a film tier must know. */
export interface VideoSettings {
  width: number;
  height: number;
  smallest: number;
  largest: number;
  multiple: number;
  fps: number;
  allowedFps: readonly number[];
  frames: { readonly min: number; readonly max: number; readonly step: number };
  samplers: readonly string[];
  /** Undefined for vendors, which take no sampling settings. */
  steps: number | undefined;
  seconds: number;
}

/** A film model. */
export function videoTier(settings: VideoSettings): VideoTier {
  const side = { min: settings.smallest, max: settings.largest, step: settings.multiple };
  const sampling = settings.steps === undefined ? {} : {
    steps: { min: 1, max: 50, default: settings.steps },
    guidance: { min: 0, max: 20, decimals: 1, default: 1 },
    shift: { min: 1, max: 10, decimals: 1, default: 5 },
    comfySampler: choice(settings.samplers),
    comfyScheduler: choice(["simple", "normal", "beta", "manual_sigmas"]),
  };
  return {
    type: "video",
    benchmark: benchmark(settings.seconds),
    width: { ...side, default: settings.width },
    height: { ...side, default: settings.height },
    fps: { allowed: [...settings.allowedFps], default: settings.fps },
    frames: { ...settings.frames, default: Math.min(121, settings.frames.max) },
    ...sampling,
  };
}

/** A music model. */
export function musicTier(kind: "turbo" | "sft"): AudioTier {
  const turbo = kind === "turbo";
  return {
    type: "audio",
    benchmark: benchmark(turbo ? 6 : 30),
    steps: turbo ? { min: 4, max: 16, default: 8 } : { min: 10, max: 100, default: 50 },
    ...(turbo ? {} : { guidance: { min: 1, max: 15, decimals: 1, default: 5 } }),
    duration: { min: 10, max: 600, default: 30 },
    bpm: { min: 30, max: 300, default: 120 },
    timesignature: { allowed: ["2", "3", "4", "6"], default: "4" },
    language: choice(LANGUAGES),
    keyscale: choice(NOTES.flatMap((note) => [`${note} major`, `${note} minor`])),
    composerMode: { default: true },
    promptStrength: { min: 0, max: 10, decimals: 1, default: 2 },
    creativity: { min: 0, max: 2, decimals: 2, default: 0.85 },
    shift: { min: 1, max: 6, decimals: 1, default: 3 },
    comfySampler: turbo
      ? choice(["euler", "euler_ancestral"])
      : { allowed: ["euler", "euler_ancestral", "er_sde"], default: "er_sde" },
    comfyScheduler: turbo
      ? choice(["simple"])
      : { allowed: ["simple", "linear_quadratic"], default: "linear_quadratic" },
  };
}

function choice(allowed: readonly string[]): Choice<string> {
  return { allowed: [...allowed], default: allowed[0] ?? "" };
}

function benchmark(seconds: number) {
  return { sec: seconds, secCN: 1, secMaxPreviews: 1, secContext1: 0.8, secContext2: 1.6 };
}
