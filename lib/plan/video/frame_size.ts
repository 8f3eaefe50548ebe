/** The size of a video job, with all its rules in the contract's order. */
import type { VideoModel, VideoWorkflow } from "../../catalog/video_families.ts";
import { VIDEO_PRESETS } from "../../catalog/video_models.ts";
import { invalidArgument } from "../../errors/app_error.ts";
import type { SharedChoices } from "../shared.ts";
import type { PlanInput, Refit } from "../types.ts";
import type { VideoAssets } from "./assets_given.ts";
import { isUrl } from "./assets_given.ts";
import { inpaintCanvas, outpaintCanvas, parseRatio } from "./canvas.ts";
import { fitReferences } from "./fit.ts";
import type { AdjustedDims, MeasuredReference } from "./fit.ts";
import type { ImagePreparation } from "./media.ts";
import type { PromptReading } from "./read_prompt.ts";
import { normalizeSize, requestedSize, sizeText } from "./size.ts";
import type { Size } from "./size.ts";

/** The size of a job and what follows from it. */
export interface FrameSize {
  /** As reported: the box the references were fitted into. */
  size: Size;
  /** As sent: the size of the clip. */
  sent: Size;
  /** Short side that was asked for or inferred. */
  targetResolution?: number;
  /** The size that a known reference leads to. */
  effective?: Size;
  /** Pixels of that reference. */
  effectiveFromReference?: Size;
  adjusted?: AdjustedDims;
  images: ImagePreparation;
  refit?: Refit;
}

/** What the size depends on. */
export interface FrameSizeFacts {
  input: PlanInput;
  workflow: VideoWorkflow;
  model: VideoModel;
  assets: VideoAssets;
  reading: PromptReading;
  addNote: SharedChoices["addNote"];
}

/** Works out the size of a job. */
export function chooseFrameSize(facts: FrameSizeFacts): FrameSize {
  const { model, input: { options }, addNote } = facts;
  const targetResolution = options.targetResolution ?? facts.reading.targetResolution;
  const asked = askedSize(facts, targetResolution);
  if (!(asked.width >= 1 && asked.height >= 1)) {
    throw invalidArgument(
      `Width and height must be positive (got ${sizeText(asked)}).`,
      { width: asked.width, height: asked.height },
      "Check defaultWidth and defaultHeight in the plugin configuration.",
    );
  }
  const normal = normalizeSize(asked, model);
  if (sizeText(normal) !== sizeText(asked)) {
    addNote(
      "note",
      `Auto-adjusted video dimensions from ${sizeText(asked)} to ${
        sizeText(normal)
      } for ${model.id}: ${model.minDimension} to ${model.maxDimension} pixels a side in multiples of ${model.dimensionMultiple}.`,
    );
  }
  const size = canvasSize(facts, normal, targetResolution);
  const fitted = fitToReferences(facts, size);
  return { ...fitted, ...(targetResolution === undefined ? {} : { targetResolution }) };
}

function askedSize(
  { input: { options, config }, model, reading }: FrameSizeFacts,
  targetResolution: number | undefined,
): Size {
  const { width, height, quality } = options;
  const presetShortSide = quality === undefined || model.family === "seedance2"
    ? undefined
    : VIDEO_PRESETS[quality].shortSide;
  return requestedSize({
    ...(width === undefined ? {} : { flagWidth: width }),
    ...(height === undefined ? {} : { flagHeight: height }),
    ...(reading.exact === undefined ? {} : { exact: reading.exact }),
    ...(config.defaultWidth === undefined ? {} : { configWidth: Math.round(config.defaultWidth) }),
    ...(config.defaultHeight === undefined
      ? {}
      : { configHeight: Math.round(config.defaultHeight) }),
    model,
    ...(targetResolution === undefined ? {} : { targetResolution }),
    ...(presetShortSide === undefined ? {} : { presetShortSide }),
    ...(reading.aspectRatio === undefined ? {} : { aspectRatio: reading.aspectRatio }),
  });
}

// Outpainting and inpainting take their canvas from the source film.
function canvasSize(
  { input, model, assets, reading, addNote }: FrameSizeFacts,
  size: Size,
  targetResolution: number | undefined,
): Size {
  const { options, config } = input;
  const { controlnetName } = options;
  if (controlnetName !== "outpaint" && controlnetName !== "inpaint") return size;
  const [source] = assets.videos;
  const known = source === undefined ? undefined : measured(input, source);
  let canvas: Size;
  if (controlnetName === "outpaint") {
    const { outpaintAspectRatio: text, outpaintPosition } = options;
    const ratio = text === undefined ? undefined : parseRatio(text);
    canvas = outpaintCanvas(known ?? size, outpaintPosition ?? "center", ratio, model);
  } else {
    const bothSet = reading.exact !== undefined ||
      ((options.width ?? config.defaultWidth) !== undefined &&
        (options.height ?? config.defaultHeight) !== undefined);
    if (bothSet || known === undefined) return size;
    canvas = inpaintCanvas(known, targetResolution, model);
  }
  if (sizeText(canvas) !== sizeText(known ?? size)) {
    addNote(
      "note",
      `Using a ${sizeText(canvas)} canvas for ${controlnetName}${
        known === undefined ? "" : ` of the ${sizeText(known)} source`
      }.`,
    );
  }
  return canvas;
}

function fitToReferences(facts: FrameSizeFacts, size: Size): FrameSize {
  const { input, workflow, model, assets, addNote } = facts;
  const { options } = input;
  const plain: FrameSize = { size, sent: size, images: {} };
  const leadSource = assets.ref ?? assets.refEnd;
  if (workflow !== "i2v" || options.autoResizeAssets === false || leadSource === undefined) {
    return plain;
  }
  // A vendor fetches URLs by itself: nothing to fit.
  if (model.references !== undefined && isUrl(leadSource)) return plain;
  const explicit = options.width !== undefined || options.height !== undefined;
  const strict = options.strictSize ?? false;
  const lead = measured(input, leadSource);
  if (lead === undefined) return refitLater(plain, facts, strict && explicit);
  const end = assets.ref === undefined || assets.refEnd === undefined
    ? undefined
    : measured(input, assets.refEnd);
  const references: MeasuredReference[] = [
    { type: assets.ref === undefined ? "refImageEnd" : "refImage", path: leadSource, ...lead },
    ...(end && assets.refEnd !== undefined
      ? [{ type: "refImageEnd" as const, path: assets.refEnd, ...end }]
      : []),
  ];
  const fit = fitReferences({ size, rules: model, explicit, strict, references, addNote });
  if (fit === undefined) return plain;
  return {
    size: fit.size,
    sent: fit.effective,
    effective: fit.effective,
    effectiveFromReference: lead,
    ...(fit.adjusted === undefined ? {} : { adjusted: fit.adjusted }),
    images: preparations(assets, fit.prepare, fit.effective),
  };
}

function refitLater(
  plain: FrameSize,
  { assets, model }: FrameSizeFacts,
  strict: boolean,
): FrameSize {
  const { minDimension, maxDimension, dimensionMultiple } = model;
  return {
    ...plain,
    images: preparations(assets, { kind: "fit", ...plain.size }, plain.size),
    refit: {
      slot: assets.ref === undefined ? "referenceImageEnd" : "referenceImage",
      box: plain.size,
      rules: { minDimension, maxDimension, dimensionMultiple },
      strict,
    },
  };
}

// The end frame is cut to the size that the start frame leads to.
function preparations(
  { ref, refEnd }: VideoAssets,
  lead: NonNullable<ImagePreparation["ref"]>,
  final: Size,
): ImagePreparation {
  if (ref === undefined) return { refEnd: lead };
  return { ref: lead, ...(refEnd === undefined ? {} : { refEnd: { kind: "cover", ...final } }) };
}

function measured({ references }: PlanInput, source: string): Size | undefined {
  const { width, height } = references[source] ?? {};
  if (isUrl(source) || width === undefined || height === undefined) return undefined;
  return width >= 1 && height >= 1 ? { width, height } : undefined;
}
