/** The clips between the pictures of a full turn (`--angles-360-video`). */
import type { PluginConfig } from "../../catalog/plugin_config.ts";
import { DEFAULT_VIDEO_MODELS, videoModel } from "../../catalog/video_models.ts";
import type { VideoModel } from "../../catalog/video_families.ts";
import type { Options } from "../../cli/flags/table.ts";
import { invalidArgument } from "../../errors/app_error.ts";
import { refuseOtherMedium } from "../other_medium.ts";
import type { Plan, PlanInput, PlannedProject, PlanNote, ProjectParams } from "../types.ts";
import { fitReferences } from "./fit.ts";
import { chooseFps, clampSeconds, DEFAULT_FPS, DEFAULT_SECONDS } from "./length.ts";
import { nativeMedia } from "./media.ts";
import { addMorph } from "./morph.ts";
import { idOf } from "./route.ts";
import { chooseSettings, chooseTimeout } from "./settings.ts";
import { normalizeSize } from "./size.ts";
import type { Size } from "./size.ts";

/** A finished picture of the turn, in the order of the turn. */
export interface AngleFrame {
  azimuth: string;
  /** Local file. */
  path: string;
  /** Pixels, when the file could be read. */
  width?: number;
  height?: number;
}

/** What has to be rendered before the clips are joined. */
export interface AngleClips {
  model: string;
  /** One for each pair of neighbours, the last one leading back to the first picture. */
  projects: PlannedProject[];
  timeoutSeconds: number;
  notes: PlanNote[];
}

const SEGMENTS = 8;
const MIN_SEGMENT_FRAMES = 17;
const DEFAULT_PROMPT = "smooth camera rotation";

/**
 * Plans the clips of a full turn.
 *
 * @param plan the plan that made the pictures
 * @throws AppError `INVALID_ARGUMENT` when the model makes no i2v clips with an end frame
 */
export function planAngleClips(
  input: PlanInput,
  plan: Plan,
  frames: readonly AngleFrame[],
): AngleClips {
  const { options, config } = input;
  const notes: PlanNote[] = [];
  const addNote = (level: PlanNote["level"], text: string) => void notes.push({ level, text });
  const model = angleClipModel(options, config);
  const fps = chooseFps(options.fps ?? DEFAULT_FPS, undefined, model, { addNote });
  const segment = segmentLength(options, config);
  const length = segment.frames === undefined
    ? { duration: clampSeconds(segment.seconds, model, { addNote }) }
    : { frames: segment.frames };
  const settings = chooseSettings(withoutPictureOptions(input), model);
  const { sampler, scheduler, shift } = model;
  const text = options.angleDescription ?? input.prompt?.trim() ?? "";
  const prompt = text === "" ? DEFAULT_PROMPT : text;
  const first = plan.projects[0]?.params;
  const { width, height } = sizeOf(frames[0]) ?? {
    width: first?.width ?? model.width,
    height: first?.height ?? model.height,
  };
  const size = normalizeSize({ width, height }, model);
  const projects = frames.map((start, index): PlannedProject => {
    const end = frames[(index + 1) % frames.length] ?? start;
    const assets = { ref: start.path, refEnd: end.path, audios: [], videos: [], context: [] };
    const fit = fitClip(start, size, model, addNote);
    const morphed = addMorph({ prompt, loras: [], loraStrengths: [] }, model, assets);
    const params: ProjectParams = {
      type: "video",
      modelId: model.id,
      positivePrompt: morphed.prompt,
      negativePrompt: "",
      stylePrompt: "",
      numberOfMedia: 1,
      fps,
      ...fit.effective,
      ...length,
      tokenType: model.billing === "premium" ? "spark" : plan.tokenType,
      network: plan.network,
      disableNSFWFilter: options.noFilter ?? false,
      ...settings,
      ...(sampler === undefined ? {} : { sampler }),
      ...(scheduler === undefined ? {} : { scheduler }),
      ...(shift === undefined ? {} : { shift }),
      ...(morphed.loras.length > 0
        ? { loras: morphed.loras, loraStrengths: morphed.loraStrengths }
        : {}),
      ...(plan.seed === undefined ? {} : { seed: plan.seed }),
    };
    const images = { ref: fit.prepare, refEnd: { kind: "cover" as const, ...fit.effective } };
    return {
      params,
      media: nativeMedia("i2v", assets, images, input.references),
      label: `${start.azimuth} to ${end.azimuth}`,
    };
  });
  const seconds = segment.frames === undefined ? segment.seconds : segment.frames / fps;
  return {
    model: model.id,
    projects,
    timeoutSeconds: chooseTimeout(withoutPictureOptions(input), model, settings.steps, seconds),
    notes: notes.filter(({ text: line }, index) =>
      notes.findIndex((note) => note.text === line) === index
    ),
  };
}

/**
 * The model of the clips: `--video-model`, configuration, default of i2v.
 *
 * @throws AppError `INVALID_ARGUMENT` when it makes no i2v clips with an end frame
 */
export function angleClipModel(options: Options, config: PluginConfig): VideoModel {
  const selector = options.videoModel ?? config.videoModels?.i2v ?? DEFAULT_VIDEO_MODELS.i2v;
  refuseOtherMedium("--video-model", selector, "video");
  const model = videoModel(idOf(selector, "i2v"));
  const { references, workflows } = model;
  const isClip = workflows.length === 0 || workflows.includes("i2v");
  if (isClip && references === undefined) return model;
  throw invalidArgument(
    `--video-model "${selector}" cannot make the clips of --angles-360-video: ${
      isClip ? "it takes no end frame" : `it does ${workflows.join(", ")} and no i2v`
    }.`,
    { flag: "--video-model", value: selector, model: model.id },
    "Leave --video-model out, or use ltx23-i2v.",
  );
}

// Steps, guidance, preset and waiting time on the command line belong to the pictures.
function withoutPictureOptions(input: PlanInput): PlanInput {
  return { ...input, options: {} };
}

type Segment = { frames: number; seconds?: never } | { frames?: never; seconds: number };

function segmentLength({ frames, duration }: Options, config: PluginConfig): Segment {
  if (frames !== undefined) {
    return { frames: Math.max(MIN_SEGMENT_FRAMES, Math.round(frames / SEGMENTS)) };
  }
  const whole = duration ?? config.defaultDurationSec ?? DEFAULT_SECONDS;
  return { seconds: Math.max(1, Math.round(whole / SEGMENTS)) };
}

function sizeOf(frame: AngleFrame | undefined): Size | undefined {
  return frame?.width === undefined || frame.height === undefined
    ? undefined
    : { width: frame.width, height: frame.height };
}

function fitClip(
  start: AngleFrame,
  size: Size,
  rules: VideoModel,
  addNote: (level: PlanNote["level"], text: string) => void,
) {
  const picture = sizeOf(start) ?? size;
  const reference = { type: "refImage" as const, path: start.path, ...picture };
  const request = { size, rules, explicit: false, strict: false, references: [reference], addNote };
  const fit = fitReferences(request);
  return fit ?? { effective: size, prepare: { kind: "cover" as const, ...size } };
}
