/** Planning of video: from options and prompt to projects that can be sent. */
import type { VideoModel } from "../../catalog/video_families.ts";
import { invalidArgument } from "../../errors/app_error.ts";
import type { SharedChoices } from "../shared.ts";
import { expandPrompts } from "../dynamic_prompt.ts";
import type { MediaInput, Plan, PlanInput, PlannedProject, ProjectParams } from "../types.ts";
import { checkAssets } from "./asset_rules.ts";
import { gatherAssets } from "./assets_given.ts";
import type { VideoAssets } from "./assets_given.ts";
import { controlParams } from "./controlnet.ts";
import { chooseFrameSize } from "./frame_size.ts";
import { loopBack, waysBack } from "./looping.ts";
import { chooseLength } from "./length_choice.ts";
import { nativeMedia } from "./media.ts";
import { pricingOf } from "./pricing.ts";
import { finishPrompt, guidePrompt, mayRewrite } from "./prompt.ts";
import { readPrompt } from "./read_prompt.ts";
import { chooseRoute } from "./choose_route.ts";
import { parsePoints } from "./sam2.ts";
import { chooseSettings, chooseTimeout } from "./settings.ts";
import { summarize, videoContext } from "./summary.ts";
import type { VideoJob } from "./job.ts";
import { vendorMedia } from "./vendor_references.ts";
import { isSeedanceSelector } from "./workflow.ts";

/**
 * Plans a video.
 *
 * @param input with personas applied to the options
 * @throws AppError with a registered code when the command line cannot be carried out
 */
export function planVideo(input: PlanInput, shared: SharedChoices): Plan {
  const job = resolveJob(input, shared);
  const media = mediaOf(input, job);
  const { model, frame, length, settings } = job;
  const token = shared.token(model.id, model.billing === "premium");
  const seed = shared.seed({
    prompt: job.prompt,
    model: model.id,
    workflow: job.workflow,
    width: frame.size.width,
    height: frame.size.height,
    tokenType: token.hashed,
    targetResolution: frame.targetResolution ?? null,
    loras: job.loras,
    loraStrengths: job.loraStrengths,
    refImage: job.assets.ref ?? "",
    steps: settings.steps ?? null,
    guidance: settings.guidance ?? null,
  });
  const params: ProjectParams = {
    ...baseParams(job, shared, token.tokenType),
    seed: seed.seed,
    ...extraParams(input, job),
  };
  const projects = projectsOf(job, params, media);
  const followUp = loopBack(input, params, media, shared);
  const timeoutSeconds = chooseTimeout(input, model, settings.steps, length.seconds);
  const { tokenType, tokenFallback } = token;
  return {
    medium: "video",
    branch: "video",
    model: model.id,
    prompt: job.prompt,
    count: shared.count,
    projects,
    order: "together",
    network: shared.network,
    tokenType,
    tokenFallback,
    timeoutSeconds,
    extension: "mp4",
    seed: seed.seed,
    seedStrategy: seed.strategy,
    summary: summarize(input, job, {
      seed: seed.seed,
      seedStrategy: seed.strategy,
      tokenType,
      ...(shared.outputFormat === undefined ? {} : { outputFormat: shared.outputFormat }),
      ...(shared.voicePersonaName === undefined
        ? {}
        : { voicePersonaName: shared.voicePersonaName }),
    }),
    context: videoContext(input, job, shared.count, tokenType),
    notes: shared.notes,
    needsFfmpeg: followUp !== undefined || media.some(usesFfmpeg),
    ...(followUp === undefined ? {} : { followUp, later: waysBack(followUp, shared.count) }),
    pricing: pricingOf(job, media, shared.count * (followUp === undefined ? 1 : 2)),
  };
}

// Every question is settled here, in the order of the contract.
function resolveJob(input: PlanInput, shared: SharedChoices): VideoJob {
  const { options } = input;
  const { addNote } = shared;
  const reading = readPrompt(input.prompt ?? "", options);
  const assets = gatherAssets(input, isSeedanceSelector(options.model), shared);
  const { workflow, model, text } = chooseRoute(input, reading, assets, shared);
  checkAssets(workflow, model, assets, options);
  checkContext(workflow, model, assets);
  if (options.controlnetName !== undefined && model.family === "seedance2") {
    addNote("warning", "Warning: --controlnet-name is ignored: Seedance takes no control signal.");
  }
  if (options.controlnetStrength !== undefined && options.controlnetName === undefined) {
    addNote("warning", "Warning: --controlnet-strength without --controlnet-name: no effect.");
  }
  const guided = guidePrompt(text, reading, options, shared);
  const labels = reading.literal ? undefined : expandPrompts(guided, shared.count);
  labels?.forEach((text, index) =>
    addNote("note", `Variation ${index + 1}/${shared.count}: "${text}"`)
  );
  const variants = labels ?? [guided];
  const length = chooseLength({ input, reading, model, variants, addNote });
  const frame = chooseFrameSize({ input, workflow, model, assets, reading, addNote });
  const finish = { model, assets, rewrite: mayRewrite(reading, options), shared };
  const variations = labels?.map((label) => ({
    label,
    prompt: finishPrompt(label, finish).prompt,
  }));
  return {
    workflow,
    model,
    assets,
    length,
    frame,
    settings: chooseSettings(input, model),
    ...finishPrompt(guided, finish),
    ...(variations === undefined ? {} : { variations }),
  };
}

// Vendor models count their references themselves.
function checkContext(workflow: string, model: VideoModel, { context }: VideoAssets): void {
  if (context.length === 0 || model.references !== undefined || workflow === "r2v") return;
  throw invalidArgument(
    `${model.id} takes no context images (--context was given ${context.length} times).`,
    { model: model.id, maxImages: 0, provided: context.length },
    "Give a start image with --ref, or use -m seedance2 or -m happyhorse for loose references.",
  );
}

function mediaOf(input: PlanInput, job: VideoJob): MediaInput[] {
  const { options, references } = input;
  const { workflow, model, assets, frame, length } = job;
  if (model.references === undefined) {
    return nativeMedia(workflow, assets, frame.images, references);
  }
  return vendorMedia(model, assets, frame.images, { seconds: length.seconds, options, references });
}

function baseParams(
  { model, frame, length, settings, prompt, loras, loraStrengths }: VideoJob,
  shared: SharedChoices,
  tokenType: "spark" | "sogni",
): ProjectParams {
  const { sampler, scheduler, shift } = model;
  return {
    type: "video",
    modelId: model.id,
    positivePrompt: prompt,
    negativePrompt: "",
    stylePrompt: "",
    numberOfMedia: shared.count,
    fps: length.fps,
    width: frame.sent.width,
    height: frame.sent.height,
    ...(length.frames === undefined ? { duration: length.seconds } : { frames: length.frames }),
    tokenType,
    network: shared.network,
    disableNSFWFilter: shared.noFilter,
    ...settings,
    ...(sampler === undefined ? {} : { sampler }),
    ...(scheduler === undefined ? {} : { scheduler }),
    ...(shift === undefined ? {} : { shift }),
    ...(shared.outputFormat === undefined ? {} : { outputFormat: shared.outputFormat }),
    ...(loras.length > 0 ? { loras, loraStrengths } : {}),
  };
}

// Parameters that come straight from a flag.
function extraParams({ options }: PlanInput, { model }: VideoJob): Partial<ProjectParams> {
  const vendor = model.references !== undefined;
  const { controlnetName: control, sam2Coordinates: points } = options;
  const { audioStart, audioDuration, videoStart, firstFrameStrength, lastFrameStrength } = options;
  return {
    ...(control === undefined || vendor ? {} : controlParams(control, options.controlnetStrength)),
    ...(control === "outpaint" ? { outpaintPosition: options.outpaintPosition ?? "center" } : {}),
    ...(audioStart === undefined || vendor ? {} : { audioStart }),
    ...(audioDuration === undefined || vendor ? {} : { audioDuration }),
    ...(videoStart === undefined || vendor ? {} : { videoStart }),
    ...(points === undefined ? {} : { sam2Coordinates: parsePoints(points) }),
    ...(options.trimEndFrame ? { trimEndFrame: true } : {}),
    ...(firstFrameStrength === undefined ? {} : { firstFrameStrength }),
    ...(lastFrameStrength === undefined ? {} : { lastFrameStrength }),
  };
}

// One project, or one for each variation of the prompt, all with the same seed.
function projectsOf(
  { prompt, variations, frame: { refit } }: VideoJob,
  params: ProjectParams,
  media: MediaInput[],
): PlannedProject[] {
  const rest = { media, ...(refit === undefined ? {} : { refit }) };
  if (variations === undefined) return [{ params: { ...params, positivePrompt: prompt }, ...rest }];
  return variations.map((variation) => ({
    params: { ...params, positivePrompt: variation.prompt, numberOfMedia: 1 },
    ...rest,
    label: variation.label,
  }));
}

const FFMPEG_WORK: readonly string[] = ["audio-m4a", "voice-m4a", "seedance-audio"];

// A film reference is only cut when it is too long or starts later; the latter is known now.
function usesFfmpeg({ prepare }: MediaInput): boolean {
  if (prepare === undefined) return false;
  return FFMPEG_WORK.includes(prepare.kind) ||
    (prepare.kind === "seedance-video" && (prepare.start ?? 0) > 0);
}
