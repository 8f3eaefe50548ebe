/**
 * What planning takes and gives.
 *
 * Planning is pure: everything that has to be looked up (the last render, sizes of reference
 * files, a random number) is in {@link PlanInput}; everything that has to be done is in
 * {@link Plan}, which is plain JSON and can be hashed, printed and sent across a worker boundary.
 */
import type { PluginConfig } from "../catalog/plugin_config.ts";
import type { Options } from "../cli/flags/table.ts";

/** Media that a plan makes. */
export type Medium = "image" | "video" | "music";

/** Which set of rules made the plan. */
export type Branch =
  | "text-to-image"
  | "edit"
  | "photobooth"
  | "multi-angle"
  | "multi-angle-360"
  | "video"
  | "music";

/** What is known about a local reference file before planning. */
export interface ReferenceFacts {
  /** Sniffed type, e.g. `image/png`; absent when not recognised. */
  mimeType?: string;
  /** Pixels, after EXIF rotation; only for images and films that could be read. */
  width?: number;
  height?: number;
}

/** The part of the last-render record that planning uses. */
export interface LastRenderFacts {
  seed?: number;
  /** Local file that exists now, else the first URL. */
  image?: string;
}

/** A persona as planning sees it. */
export interface PersonaFacts {
  name: string;
  relationship: string;
  /** Path of the photo, when the file is there. */
  photoPath?: string;
  voiceClipPath?: string;
  description?: string;
}

/** Everything that planning may look at. */
export interface PlanInput {
  options: Options;
  /** As typed; `undefined` when there was no positional argument. */
  prompt: string | undefined;
  config: PluginConfig;
  /** Cap of `--count`, from `SOGNI_MAX_COUNT` (default 16). */
  maxCount: number;
  /** Facts of local references by the path as typed; absent: unknown or not readable. */
  references: Readonly<Record<string, ReferenceFacts>>;
  /** Present only when `--last-seed` or `--last-image` was given and a record could be read. */
  lastRender?: LastRenderFacts;
  /** Every `--persona`, resolved, in order and each once. */
  personas?: readonly PersonaFacts[];
  /** Resolved `--voice-persona`. */
  voicePersona?: PersonaFacts;
  /** 32 random bits, used by the seed strategy `random`. */
  randomSeed: number;
  /** SHA-256 is done by the caller's platform; pure and synchronous. */
  sha256: (text: string) => Uint8Array;
}

/** A line for stderr that planning wants printed, in order. */
export interface PlanNote {
  /** `note` is hidden by `--quiet`; `warning` too; `important` never. */
  level: "note" | "warning" | "important";
  text: string;
}

/** Where a reference goes in the project. */
export type MediaSlot =
  | "contextImages"
  | "controlNetImage"
  | "startingImage"
  | "referenceImage"
  | "referenceImageEnd"
  | "referenceAudio"
  | "referenceAudioIdentity"
  | "referenceVideo"
  | "referenceMask"
  | "referenceImageUrls"
  | "referenceAudioUrls"
  | "referenceVideoUrls";

/** One reference that must be loaded before the project can be sent. */
export interface MediaInput {
  slot: MediaSlot;
  /** Path or URL as typed. */
  source: string;
  /** `bytes`: sent as a Blob; `forward`: the HTTPS URL itself; `upload`: hosted first, then its URL. */
  transfer: "bytes" | "forward" | "upload";
  /** What must be done to the bytes first. */
  prepare?:
    | { kind: "fit"; width: number; height: number }
    | { kind: "cover"; width: number; height: number }
    | { kind: "audio-m4a" }
    | { kind: "voice-m4a" }
    | { kind: "seedance-audio"; start?: number; duration?: number }
    | { kind: "seedance-video"; start?: number; duration?: number };
}

/** Parameters of one project, as the official SDK's `projects.create` takes them, without media. */
export interface ProjectParams {
  type: "image" | "video" | "audio";
  modelId: string;
  positivePrompt: string;
  negativePrompt?: string;
  stylePrompt?: string;
  numberOfMedia: number;
  tokenType: "spark" | "sogni";
  network?: "fast" | "relaxed";
  disableNSFWFilter: boolean;
  seed?: number;
  steps?: number;
  guidance?: number;
  sampler?: string;
  scheduler?: string;
  outputFormat?: string;
  loras?: string[];
  loraStrengths?: number[];
  width?: number;
  height?: number;
  sizePreset?: string;
  gptImageQuality?: "low" | "medium" | "high";
  /** ControlNet without its image, which comes as the slot `controlNetImage`. */
  controlNet?: Record<string, unknown>;
  fps?: number;
  frames?: number;
  duration?: number;
  shift?: number;
  audioStart?: number;
  audioDuration?: number;
  videoStart?: number;
  sam2Coordinates?: { x: number; y: number }[];
  trimEndFrame?: boolean;
  firstFrameStrength?: number;
  lastFrameStrength?: number;
  detailerStrength?: number;
  outpaintPosition?: string;
  bpm?: number;
  timesignature?: string;
  language?: string;
  lyrics?: string;
  keyscale?: string;
  composerMode?: boolean;
  promptStrength?: number;
  creativity?: number;
}

/** One project to be submitted. */
export interface PlannedProject {
  params: ProjectParams;
  media: MediaInput[];
  /** Text of this variation, azimuth of this angle, and the like; for people. */
  label?: string;
  /** Camera position of a multi-angle project. */
  angle?: { azimuth: string; elevation: string; distance: string };
  /**
   * The size depends on a picture that is not known before it is loaded: `refitProject` of
   * plan/video/refit.ts gives the project its size then.
   */
  refit?: Refit;
}

/** How a clip takes its size from its start picture, see {@link PlannedProject.refit}. */
export interface Refit {
  /** Slot of the picture that decides. */
  slot: "referenceImage" | "referenceImageEnd";
  /** Size that was asked for; the picture is fitted into it. */
  box: { width: number; height: number };
  /** Sides that the model can make. */
  rules: { minDimension: number; maxDimension: number; dimensionMultiple: number };
  /** Fail instead of changing a size that was asked for. */
  strict: boolean;
}

/** A second clip that leads back from the end of each result to its start picture. */
export interface LoopBack {
  kind: "loop";
  /** Parameters of the second project; width and height are those of the first. */
  params: ProjectParams;
  /**
   * Its end frame, prepared as in the first project; the start frame is the last frame of the
   * first clip. Both clips are then joined into the output.
   */
  end: MediaInput;
}

/** A project of a later stage, as far as its price goes; it is planned when the first results are there. */
export interface LaterProject {
  params: ProjectParams;
  /** Its references. */
  slots: MediaSlot[];
}

/** What the price of a video depends on. */
export interface VideoPricing {
  width: number;
  height: number;
  fps: number;
  /** As asked for; `null` when the length was given in seconds. */
  frames: number | null;
  /** Frames the service renders. */
  renderedFrames: number;
  /** Whole or fractional seconds. */
  duration: number;
  /** `null`: the model takes no number of steps. */
  steps: number | null;
  /** Clips in all, the way back of a loop included. */
  count: number;
  hasVideoInput: boolean;
  referenceImageCount: number;
  referenceVideoCount: number;
}

/** A complete, priced-by-anyone description of what will be done. */
export interface Plan {
  medium: Medium;
  branch: Branch;
  model: string;
  /** The prompt after inference and rewriting. */
  prompt: string;
  count: number;
  projects: PlannedProject[];
  /** `sequential`: the next project is sent when the one before is done. */
  order: "together" | "sequential";
  /** Every output is needed: after a failure nothing more of a sequence is sent. */
  allOrNone?: true;
  network: "fast" | "relaxed";
  tokenType: "spark" | "sogni";
  /** Try again with SOGNI when Spark does not suffice (`--token-type auto`). */
  tokenFallback: boolean;
  /** Of each project when they are sent one after the other, else of all together. */
  timeoutSeconds: number;
  /** Expected file extension of the results, without the dot. */
  extension: string;
  seed?: number;
  seedStrategy: "random" | "prompt-hash" | null;
  /** Fields of the contract's success object and last-render record that planning decides. */
  summary: Record<string, unknown>;
  /** The contract's `context` object of failures. */
  context: Record<string, unknown>;
  notes: PlanNote[];
  /** The program ffmpeg is needed before anything is paid. */
  needsFfmpeg: boolean;
  /** Work that follows on each result; only some video plans have it. */
  followUp?: LoopBack;
  /** What later stages will send besides, so that it is priced before the first is paid. */
  later?: LaterProject[];
  /** Only video plans have it. */
  pricing?: VideoPricing;
}
