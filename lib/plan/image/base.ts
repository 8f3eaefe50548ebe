/** What the image branches have in common, worked out once: model, size, balance, seed, limits. */
import { IMAGE_BRANCHES } from "../../catalog/image_branches.ts";
import type { ImageBranch } from "../../catalog/image_branches.ts";
import type { ImageModel } from "../../catalog/image_models.ts";
import { DEFAULT_VENDOR_QUALITY } from "../../catalog/presets.ts";
import type { Options } from "../../cli/flags/table.ts";
import { invalidArgument } from "../../errors/app_error.ts";
import { failureContext } from "../context.ts";
import type { SeedFields } from "../seed.ts";
import type { SharedChoices } from "../shared.ts";
import type { Plan, PlanInput, ProjectParams } from "../types.ts";
import { checkContextImages, chooseImageModel } from "./model.ts";
import type { ModelChoice } from "./model.ts";
import { chooseImageSize } from "./size.ts";

/** The common part of an image plan. */
export interface ImageBase {
  model: ImageModel;
  /** From flag, preset, configuration or model; absent: left to the branch or the service. */
  steps?: number;
  guidance?: number;
  seed: number;
  timeoutSeconds: number;
  /** Parameters of every project. */
  params: ProjectParams;
  /** `Plan` without branch, projects and order. */
  plan: Omit<Plan, "branch" | "projects" | "order">;
}

/** What a branch knows before the common part is worked out. */
export interface ImageBaseFacts {
  branch: ImageBranch;
  prompt: string;
  contextImages: readonly string[];
  /** Rules on the model, run before anything else about it. */
  checkModel?: (model: ImageModel) => void;
  /** Settings that the branch fixes and that enter the seed hash. */
  settings?: (model: ImageModel) => Pick<
    SeedFields,
    "steps" | "guidance" | "sampler" | "scheduler" | "outputFormat" | "loras" | "loraStrengths"
  >;
}

/** Works out the common part. */
export function imageBase(
  input: PlanInput,
  shared: SharedChoices,
  facts: ImageBaseFacts,
): ImageBase {
  const { options, config } = input;
  const defaults = IMAGE_BRANCHES[facts.branch];
  const choice = chooseImageModel(options, config, defaults);
  const { model, preset } = choice;
  facts.checkModel?.(model);
  checkWebp(options, shared, model);
  const size = chooseImageSize({ options, config, model, preset, fallback: defaults.size });
  for (const note of size.notes) shared.addNote("note", note);
  checkContextImages(model, facts.contextImages.length);
  const own = config.modelDefaults?.[model.id];
  const steps = options.steps ?? choice.presetSteps ?? own?.steps ?? model.steps;
  const guidance = options.guidance ?? own?.guidance ?? model.guidance;
  const token = shared.token(model.id, model.premium ?? false);
  const { width, height } = size;
  const seed = shared.seed({
    prompt: facts.prompt,
    model: model.id,
    workflow: "image",
    width,
    height,
    tokenType: token.hashed,
    contextImages: facts.contextImages,
    steps: steps ?? null,
    guidance: guidance ?? null,
    ...facts.settings?.(model),
  });
  const timeoutSeconds = chooseTimeout(input, choice, defaults.timeoutSeconds);
  const params: ProjectParams = {
    type: "image",
    modelId: model.id,
    positivePrompt: facts.prompt,
    numberOfMedia: shared.count,
    width,
    height,
    sizePreset: "custom",
    tokenType: token.tokenType,
    network: shared.network,
    disableNSFWFilter: shared.noFilter,
    seed: seed.seed,
    ...(shared.outputFormat ? { outputFormat: shared.outputFormat } : {}),
    ...(shared.loras.length > 0 ? { loras: [...shared.loras] } : {}),
    ...(shared.loraStrengths.length > 0 ? { loraStrengths: [...shared.loraStrengths] } : {}),
    ...(model.vendorQuality
      ? { gptImageQuality: preset?.vendorQuality ?? DEFAULT_VENDOR_QUALITY }
      : {}),
  };
  return {
    model,
    ...(steps === undefined ? {} : { steps }),
    ...(guidance === undefined ? {} : { guidance }),
    seed: seed.seed,
    timeoutSeconds,
    params,
    plan: {
      medium: "image",
      model: model.id,
      prompt: facts.prompt,
      count: shared.count,
      network: shared.network,
      tokenType: token.tokenType,
      tokenFallback: token.tokenFallback,
      timeoutSeconds,
      extension: shared.outputFormat ?? "png",
      seed: seed.seed,
      seedStrategy: seed.strategy,
      summary: {
        type: "image",
        prompt: facts.prompt,
        model: model.id,
        width,
        height,
        seed: seed.seed,
        seedStrategy: seed.strategy,
        tokenType: token.tokenType,
        ...(shared.outputFormat ? { outputFormat: shared.outputFormat } : {}),
        ...(shared.loras.length > 0 ? { loras: [...shared.loras] } : {}),
        ...(shared.loraStrengths.length > 0 ? { loraStrengths: [...shared.loraStrengths] } : {}),
        ...(facts.contextImages.length > 0 ? { contextImages: [...facts.contextImages] } : {}),
      },
      context: failureContext({
        video: false,
        model: model.id,
        width,
        height,
        count: shared.count,
        tokenType: token.tokenType,
        ...(options.ref === undefined ? {} : { refImage: options.ref }),
      }),
      notes: shared.notes,
      needsFfmpeg: false,
    },
  };
}

/** Sampler and scheduler as parameters and as summary fields, when there are any. */
export function samplerParams(
  sampler: string | undefined,
  scheduler: string | undefined,
): { sampler?: string; scheduler?: string } {
  return {
    ...(sampler === undefined ? {} : { sampler }),
    ...(scheduler === undefined ? {} : { scheduler }),
  };
}

function chooseTimeout({ options, config }: PlanInput, choice: ModelChoice, own: number): number {
  if (options.timeout !== undefined) return options.timeout;
  const modelTime = choice.model.timeoutSeconds ?? 0;
  const configured = config.defaultImageTimeoutSec;
  if (choice.preset === undefined) return configured ?? Math.max(own, modelTime);
  return Math.max(configured ?? own, modelTime, choice.preset.timeoutSeconds);
}

function checkWebp(options: Options, shared: SharedChoices, model: ImageModel): void {
  if (shared.outputFormat !== "webp" || model.webp) return;
  const asked = options.outputFormat === undefined
    ? { flag: "--output", value: options.output ?? "" }
    : { flag: "--output-format", value: "webp" };
  throw invalidArgument(
    `${asked.flag} ${asked.value}: ${model.id} does not make webp; allowed: png, jpg.`,
    { ...asked, outputFormat: "webp", model: model.id, allowed: ["png", "jpg"] },
    "Ask for png or jpg, or use --model gpt-image-2, which makes webp too.",
  );
}
