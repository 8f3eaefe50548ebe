/** Turns a row of the model table into a model: what the models of one family have in common. */
import type { ModelEntry } from "./model_list.ts";
import { graphImageTier, legacyImageTier, musicTier, vendorImageTier, videoTier } from "./tiers.ts";

/** Families whose models share settings and limits. */
export type Family =
  | "graph-image"
  | "legacy-image"
  | "vendor-image"
  | "ltx23"
  | "ltx2"
  | "wan22"
  | "vendor-video"
  | "music-turbo"
  | "music-sft";

/** One row of the model table; what is left out is the family's. */
export interface ModelRow {
  readonly id: string;
  readonly family: Family;
  readonly steps?: number;
  /** Render seconds of one step. */
  readonly seconds?: number;
  readonly guidance?: number;
  readonly size?: number;
  readonly width?: number;
  readonly height?: number;
  readonly fps?: number;
  /** Films come with sound. */
  readonly sound?: boolean;
}

/** @param sid the number by which workers are listed */
export function buildModel(row: ModelRow, sid: number): ModelEntry {
  const common = { id: row.id, name: displayName(row.id), sid, nativeAudio: row.sound ?? false };
  const unit = { internalFps: undefined, vendor: false };
  const steps = row.steps ?? 1;
  const seconds = row.seconds ?? 4;
  const size = row.size ?? 1024;
  const image = { width: size, height: size, defaultSteps: steps, secondsPerStep: seconds };
  switch (row.family) {
    case "graph-image":
      return {
        ...common,
        ...unit,
        ...image,
        media: "image",
        tier: graphImageTier({ steps, size, seconds, guidance: row.guidance ?? 1 }),
      };
    case "legacy-image":
      return {
        ...common,
        ...unit,
        ...image,
        media: "image",
        tier: legacyImageTier({ steps, seconds, guidance: row.guidance ?? 1 }),
      };
    case "vendor-image":
      return {
        ...common,
        ...unit,
        ...image,
        vendor: true,
        media: "image",
        tier: vendorImageTier(),
      };
    case "music-turbo":
    case "music-sft": {
      const tier = musicTier(row.family === "music-turbo" ? "turbo" : "sft");
      return {
        ...common,
        ...unit,
        media: "audio",
        width: 0,
        height: 0,
        defaultSteps: tier.steps.default,
        secondsPerStep: 0,
        tier,
      };
    }
    default:
      return buildFilmModel(row, common, FILM_FAMILIES[row.family]);
  }
}

interface FilmFamily {
  readonly width: number;
  readonly height: number;
  readonly smallest: number;
  readonly largest: number;
  readonly multiple: number;
  readonly fps: number;
  readonly allowedFps: readonly number[];
  readonly internalFps?: number;
  readonly frames: { readonly min: number; readonly max: number; readonly step: number };
  readonly samplers: readonly string[];
  readonly vendor?: boolean;
}

const LTX_SAMPLERS = ["euler_ancestral", "euler", "res_2s"];

const FILM_FAMILIES: Readonly<Record<"ltx23" | "ltx2" | "wan22" | "vendor-video", FilmFamily>> = {
  ltx23: {
    width: 1920,
    height: 1088,
    smallest: 640,
    largest: 2048,
    multiple: 64,
    fps: 24,
    allowedFps: [24, 25, 30, 48, 50, 60],
    frames: { min: 25, max: 505, step: 8 },
    samplers: LTX_SAMPLERS,
  },
  ltx2: {
    width: 768,
    height: 768,
    smallest: 480,
    largest: 1536,
    multiple: 64,
    fps: 24,
    allowedFps: [24, 25, 30, 48, 50, 60],
    frames: { min: 25, max: 505, step: 8 },
    samplers: LTX_SAMPLERS,
  },
  wan22: {
    width: 832,
    height: 480,
    smallest: 480,
    largest: 1536,
    multiple: 16,
    fps: 32,
    allowedFps: [16, 32],
    internalFps: 16,
    frames: { min: 17, max: 321, step: 1 },
    samplers: ["euler", "uni_pc", "dpmpp_2m"],
  },
  "vendor-video": {
    width: 1280,
    height: 720,
    smallest: 1,
    largest: 3840,
    multiple: 1,
    fps: 24,
    allowedFps: [24],
    frames: { min: 73, max: 361, step: 1 },
    samplers: [],
    vendor: true,
  },
};

function buildFilmModel(
  row: ModelRow,
  common: Pick<ModelEntry, "id" | "name" | "sid" | "nativeAudio">,
  family: FilmFamily,
): ModelEntry {
  const width = row.width ?? family.width;
  const height = row.height ?? family.height;
  const seconds = row.seconds ?? 4;
  return {
    ...common,
    media: "video",
    width,
    height,
    defaultSteps: row.steps,
    secondsPerStep: seconds,
    vendor: family.vendor ?? false,
    internalFps: family.internalFps,
    tier: videoTier({
      ...family,
      width,
      height,
      seconds: seconds * (row.steps ?? 10),
      steps: row.steps,
      fps: row.fps ?? family.fps,
    }),
  };
}

function displayName(id: string): string {
  return id.replace(/_(fp8|bf16)|-fp8/g, "").replace(/[_-]+/g, " ")
    .replace(/\b[a-z]/g, (letter) => letter.toUpperCase());
}
