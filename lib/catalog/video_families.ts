/** What the video models of a family share: sizes, rates, lengths, samplers and limits. */

/** How a video is made, and from what. */
export type VideoWorkflow =
  | "t2v"
  | "i2v"
  | "s2v"
  | "ia2v"
  | "a2v"
  | "v2v"
  | "r2v"
  | "animate-move"
  | "animate-replace";

/** Models that share sizes, rates and rules. */
export type VideoFamilyName =
  | "ltx2"
  | "ltx23"
  | "ltx25"
  | "wan22"
  | "seedance2"
  | "happyhorse"
  | "wan3"
  | "minimax-h3"
  | "unknown";

/** How many references a vendor model takes. */
export interface ReferenceLimits {
  readonly images: number;
  readonly videos: number;
  readonly audios: number;
  readonly total: number;
}

/** How seconds become frames: `round(seconds * rate) + 1`, then onto the grid `base + n * step`. */
export interface FrameRule {
  /** Frames a second while rendering; absent: the fps of the job. */
  readonly internalFps?: number;
  readonly base: number;
  readonly step: number;
  /** False where the formula has no `+ 1`. */
  readonly plusOne: boolean;
  /** Range of a usable number of frames. */
  readonly min: number;
  readonly max: number;
}

/** One video model with everything planning needs to know about it. */
export interface VideoModel {
  readonly id: string;
  readonly family: VideoFamilyName;
  /** Selectors that mean this model. */
  readonly aliases: readonly string[];
  readonly workflows: readonly VideoWorkflow[];
  /** `premium`: paid by a vendor's price list, Spark only. */
  readonly billing: "native" | "premium";
  /** Default size in pixels. */
  readonly width: number;
  readonly height: number;
  readonly minDimension: number;
  readonly maxDimension: number;
  readonly dimensionMultiple: number;
  /** Largest area, where the model has such a limit. */
  readonly maxPixels?: number;
  readonly fps: number;
  /** The rate cannot be chosen. */
  readonly fixedFps: boolean;
  readonly allowedFps?: readonly number[];
  /** Shortest and longest clip in seconds. */
  readonly durationSeconds: readonly [number, number];
  readonly frames: FrameRule;
  /** `null`: the model takes no number of steps. */
  readonly steps: number | null;
  readonly guidance?: number;
  readonly sampler?: string;
  readonly scheduler?: string;
  readonly shift?: number;
  /** Makes its own sound. */
  readonly nativeAudio: boolean;
  /** Control signals for v2v. */
  readonly controlNets: readonly string[];
  /** Takes a voice clip whose speaker it imitates. */
  readonly voiceIdentity: boolean;
  /** LoRA and trigger word that join two keyframes. */
  readonly morph?: { readonly lora: string; readonly strength: number; readonly trigger: string };
  /** Set for vendor models whose references travel as URLs. */
  readonly references?: ReferenceLimits;
  /** Seconds to wait for one project when nobody says otherwise. */
  readonly timeoutSeconds: number;
}

/** A family: everything about a model but its name and workflows. */
export type VideoFamily = Omit<VideoModel, "id" | "family" | "workflows" | "aliases">;

/** Default wait for a video; models that need longer say so. */
const TIMEOUT_SECONDS = 300;
/** Wait for models that take many steps or queue at a vendor. */
export const SLOW_SECONDS = 1800;

// The client of 3.10 keeps the long side at 1536 for WAN and at 2048 for everything else, also
// where a model could do more.
const WAN_LONG_SIDE = 1536;
const LONG_SIDE = 2048;

const SEEDANCE_REFERENCES = { images: 9, videos: 3, audios: 3, total: 12 };

const LTX: VideoFamily = {
  billing: "native",
  width: 1920,
  height: 1088,
  minDimension: 640,
  maxDimension: LONG_SIDE,
  dimensionMultiple: 64,
  fps: 24,
  fixedFps: false,
  durationSeconds: [1, 20],
  frames: { base: 1, step: 8, plusOne: true, min: 25, max: 505 },
  steps: 8,
  guidance: 1,
  sampler: "euler_ancestral",
  scheduler: "simple",
  nativeAudio: false,
  controlNets: [],
  voiceIdentity: false,
  timeoutSeconds: TIMEOUT_SECONDS,
};

const VENDOR: VideoFamily = {
  billing: "premium",
  width: 1920,
  height: 1088,
  // The service takes no side below 480, whatever the vendor says.
  minDimension: 480,
  maxDimension: LONG_SIDE,
  dimensionMultiple: 1,
  fps: 24,
  fixedFps: true,
  durationSeconds: [4, 15],
  frames: { base: 1, step: 1, plusOne: true, min: 97, max: 361 },
  steps: null,
  nativeAudio: true,
  controlNets: [],
  voiceIdentity: false,
  timeoutSeconds: SLOW_SECONDS,
};

/** The families by name. */
export const VIDEO_FAMILIES: Readonly<Record<VideoFamilyName, VideoFamily>> = {
  ltx23: { ...LTX, voiceIdentity: true },
  ltx2: {
    ...LTX,
    width: 768,
    height: 768,
    minDimension: 480,
    maxDimension: 1536,
    voiceIdentity: true,
  },
  ltx25: { ...LTX, scheduler: "manual_sigmas" },
  wan22: {
    ...LTX,
    width: 832,
    height: 480,
    minDimension: 480,
    maxDimension: WAN_LONG_SIDE,
    dimensionMultiple: 16,
    fps: 32,
    allowedFps: [16, 32],
    durationSeconds: [1, 10],
    frames: { internalFps: 16, base: 1, step: 1, plusOne: true, min: 17, max: 321 },
    steps: 4,
    sampler: "euler",
    shift: 8,
  },
  seedance2: { ...VENDOR, references: SEEDANCE_REFERENCES },
  happyhorse: {
    ...VENDOR,
    height: 1080,
    maxDimension: 1920,
    durationSeconds: [3, 15],
    frames: { base: 1, step: 1, plusOne: true, min: 73, max: 361 },
    references: { images: 0, videos: 0, audios: 0, total: 0 },
  },
  wan3: {
    ...VENDOR,
    height: 1080,
    maxDimension: 1920,
    fps: 30,
    durationSeconds: [2, 30],
    frames: { base: 1, step: 1, plusOne: true, min: 61, max: 901 },
    references: { images: 10, videos: 5, audios: 5, total: 20 },
  },
  "minimax-h3": {
    ...VENDOR,
    billing: "native",
    width: 1344,
    height: 768,
    maxDimension: 1344,
    dimensionMultiple: 32,
    maxPixels: 1344 * 768,
    durationSeconds: [5.17, 15.08],
    frames: { base: 124, step: 17, plusOne: false, min: 124, max: 362 },
    steps: 20,
    guidance: 1,
  },
  // An id that is not in the table: the service decides whether it exists, we send careful values
  // and leave sampler, scheduler and guidance to it.
  unknown: {
    billing: "native",
    width: 512,
    height: 512,
    minDimension: 480,
    maxDimension: 1536,
    dimensionMultiple: 16,
    fps: 16,
    fixedFps: false,
    durationSeconds: [1, 10],
    frames: { base: 1, step: 1, plusOne: true, min: 1, max: 505 },
    steps: 20,
    nativeAudio: false,
    controlNets: [],
    voiceIdentity: false,
    timeoutSeconds: SLOW_SECONDS,
  },
};
