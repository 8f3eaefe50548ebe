/** The models that the sandbox serves, with how many workers each has. */
import { buildModel } from "./families.ts";
import { MODEL_ROWS } from "./model_data.ts";
import type { Tier } from "./tier_types.ts";

/** Media a model makes. */
export type Media = "image" | "video" | "audio";

/** One model. */
export interface ModelEntry {
  readonly id: string;
  readonly name: string;
  /** Stable number by which the worker status names it. */
  readonly sid: number;
  readonly media: Media;
  /** Its settings; `tier` in the list of models is the model's id. */
  readonly tier: Tier;
  /** Default size in pixels; 0 for sound. */
  readonly width: number;
  readonly height: number;
  /** Undefined for vendor models, which take none. */
  readonly defaultSteps: number | undefined;
  /** Render seconds of one step for one megapixel (for film: of 81 frames). */
  readonly secondsPerStep: number;
  /** Runs at an outside vendor and is priced in dollars. */
  readonly vendor: boolean;
  /** The film carries sound. */
  readonly nativeAudio: boolean;
  /** Frames per second at which the model counts its frames, where that is not the film's rate. */
  readonly internalFps: number | undefined;
}

/** Look-ups over the models of one sandbox. */
export interface ModelList {
  readonly all: readonly ModelEntry[];
  find(id: string): ModelEntry | undefined;
  workers(id: string): number;
}

const FIRST_SID = 1001;

/** Workers of a model that nobody said anything about. */
const DEFAULT_WORKERS = 12;

/** @param workers worker counts by model id; 0 leaves its projects in the queue */
export function createModelList(workers: Readonly<Record<string, number>> = {}): ModelList {
  const all = MODEL_ROWS.map((row, index) => buildModel(row, FIRST_SID + index));
  const byId = new Map(all.map((model) => [model.id, model]));
  return {
    all,
    find: (id) => byId.get(id),
    workers: (id) => byId.has(id) ? workers[id] ?? DEFAULT_WORKERS : 0,
  };
}
