/** Multi-angle: a subject seen from another side, or from all eight sides in turn. */
import { isLightning, MULTI_ANGLE_SETTINGS } from "../../catalog/image_branches.ts";
import type { ImageModel } from "../../catalog/image_models.ts";
import { IMAGE_MODELS } from "../../catalog/image_models.ts";
import { invalidArgument } from "../../errors/app_error.ts";
import type { SharedChoices } from "../shared.ts";
import type { Plan, PlanInput, ProjectParams } from "../types.ts";
import { planAngleClips } from "../video/angle_clips.ts";
import { angleFilm } from "./angle_files.ts";
import { anglePrompt, chooseAngles } from "./angles.ts";
import { imageBase } from "./base.ts";
import { contextMedia } from "./edit.ts";

const FORMAT = "jpg";
const SAMPLER = "euler";
const SCHEDULER = "simple";

/**
 * Plans one project for each camera position; a full turn is sent one after the other.
 *
 * @param source path or URL of the picture that shows the subject
 */
export function planMultiAngle(
  input: PlanInput,
  shared: SharedChoices,
  prompt: string,
  source: string,
): Plan {
  const { options, config } = input;
  const outputFormat = shared.outputFormat ?? FORMAT;
  const sampling = {
    sampler: options.sampler ?? SAMPLER,
    scheduler: options.scheduler ?? SCHEDULER,
  };
  const settings = (model: ImageModel) => {
    const usual = MULTI_ANGLE_SETTINGS[isLightning(model.id) ? "lightning" : "full"];
    const own = config.modelDefaults?.[model.id];
    return {
      steps: options.steps ?? own?.steps ?? usual.steps,
      guidance: options.guidance ?? own?.guidance ?? usual.guidance,
    };
  };
  const base = imageBase(input, shared, {
    branch: "multi-angle",
    prompt,
    contextImages: [source],
    checkModel,
    settings: (model) => ({
      ...settings(model),
      ...sampling,
      outputFormat: options.outputFormat ?? FORMAT,
      loras: shared.loras,
      loraStrengths: shared.loraStrengths,
    }),
  });
  const angles = chooseAngles(options);
  const params: ProjectParams = {
    ...base.params,
    ...settings(base.model),
    ...sampling,
    outputFormat,
  };
  const description = options.angleDescription ?? prompt;
  const { width, height } = base.params;
  const videoPath = options.angles360 && options.angles360Video
    ? angleFilm(options.angles360Video, options.output)
    : null;
  const pictures: Plan = {
    ...base.plan,
    branch: options.angles360 ? "multi-angle-360" : "multi-angle",
    extension: outputFormat,
    projects: angles.map((angle) => ({
      params: { ...params, positivePrompt: anglePrompt(angle, description) },
      media: [contextMedia(source)],
      label: angle.azimuth.key,
      angle: {
        azimuth: angle.azimuth.key,
        elevation: angle.elevation.key,
        distance: angle.distance.key,
      },
    })),
    order: "sequential",
    needsFfmpeg: videoPath !== null,
    summary: {
      type: options.angles360 ? "multi-angle-360" : "multi-angle",
      model: base.model.id,
      width,
      height,
      count: shared.count,
      tokenType: base.plan.tokenType,
      seed: base.seed,
      seedStrategy: base.plan.seedStrategy,
      outputFormat,
      ...sampling,
      loras: [...shared.loras],
      loraStrengths: [...shared.loraStrengths],
      videoPath,
      videoModel: null,
    },
  };
  return videoPath === null ? pictures : withFilm(input, pictures);
}

// The clips are planned now, too: a model that cannot make them is refused, and they are priced,
// before a picture is paid for.
function withFilm(input: PlanInput, pictures: Plan): Plan {
  const frames = pictures.projects.map(({ params: { width, height }, label = "" }) => ({
    azimuth: label,
    path: `${label}.${pictures.extension}`,
    ...(width === undefined || height === undefined ? {} : { width, height }),
  }));
  const clips = planAngleClips(input, pictures, frames);
  return {
    ...pictures,
    summary: { ...pictures.summary, videoModel: clips.model },
    later: clips.projects.map(({ params, media }) => ({
      params,
      slots: media.map(({ slot }) => slot),
    })),
  };
}

function checkModel(model: ImageModel): void {
  if (model.multiAngle) return;
  const allowed = IMAGE_MODELS.filter((row) => row.multiAngle).map((row) => row.id);
  throw invalidArgument(
    `--multi-angle needs a Qwen Image Edit 2511 model (got ${model.id}).`,
    { model: model.id, allowed },
    `Leave --model out, or use one of: ${allowed.join(", ")}.`,
  );
}
