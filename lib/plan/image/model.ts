/** Which image model renders, and whether a quality preset had a say in it. */
import { EDIT_MODEL_IDS, imageModel, sendableContextImages } from "../../catalog/image_models.ts";
import type { ImageModel } from "../../catalog/image_models.ts";
import type { ImageBranchDefaults } from "../../catalog/image_branches.ts";
import { IMAGE_PRESETS } from "../../catalog/presets.ts";
import type { ImagePreset } from "../../catalog/presets.ts";
import type { PluginConfig } from "../../catalog/plugin_config.ts";
import type { Options } from "../../cli/flags/table.ts";
import { invalidArgument } from "../../errors/app_error.ts";
import { refuseOtherMedium } from "../other_medium.ts";

/** A chosen model. */
export interface ModelChoice {
  model: ImageModel;
  preset: ImagePreset | undefined;
  /** Steps that the preset prescribes for this model. */
  presetSteps: number | undefined;
}

/**
 * Chooses the model: `--model`, the preset (only where the branch lets it), configuration, branch.
 *
 * A preset's steps belong to the preset's model and to one named outright; a model that the branch
 * keeps for itself runs with its own steps.
 */
export function chooseImageModel(
  options: Options,
  config: PluginConfig,
  branch: ImageBranchDefaults,
): ModelChoice {
  const preset = options.quality === undefined ? undefined : IMAGE_PRESETS[options.quality];
  const presetSteps = preset?.steps;
  if (options.model !== undefined) {
    refuseOtherMedium("--model", options.model, "image");
    return { model: imageModel(options.model), preset, presetSteps };
  }
  if (preset && branch.presetModel) return { model: imageModel(preset.model), preset, presetSteps };
  const configured = branch.configuredModel ? config[branch.configuredModel] : undefined;
  return { model: imageModel(configured ?? branch.model), preset, presetSteps: undefined };
}

/**
 * Checks the number of context images.
 *
 * @throws AppError `INVALID_ARGUMENT` with `details {model, maxImages, provided}`
 */
export function checkContextImages(model: ImageModel, provided: number): void {
  const sendable = sendableContextImages(model);
  if (provided <= sendable) return;
  const documented = model.maxContextImages;
  const isDocumented = provided <= documented;
  const maxImages = isDocumented ? sendable : documented;
  throw invalidArgument(
    maxImages === 0
      ? `${model.id} takes no context images (got ${provided} from --context and --persona).`
      : `${model.id} takes at most ${maxImages} context images${
        isDocumented ? " at present" : ""
      } (got ${provided})${
        isDocumented ? `; it is documented with ${documented}, but the SDK sends no more` : ""
      }.`,
    { model: model.id, maxImages, provided },
    `Models that take context images, and how many: ${EDIT_MODELS}.`,
  );
}

const EDIT_MODELS = EDIT_MODEL_IDS.map((id) => `${id} (${sendableContextImages(imageModel(id))})`)
  .join(", ");
