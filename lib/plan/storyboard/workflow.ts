/** The two steps of a storyboard film. */
import { isStoryboardVideoModel, STORYBOARD } from "../../catalog/storyboard.ts";
import { sheetPrompt } from "./sheet_prompt.ts";
import type { Storyboard } from "./types.ts";
import { videoPrompt } from "./video_prompt.ts";

/** Choices of the command line, or of a JSON input, about models and formats. */
export interface StoryboardChoices {
  /** `--quality` */
  readonly quality?: "fast" | "hq" | "pro";
  /** The picture model's own level; beats `quality`. */
  readonly imageQuality?: string;
  readonly outputFormat?: string;
  /** `--model`: the video model when it is one that can follow a sheet, else the picture model. */
  readonly model?: string;
  readonly imageModel?: string;
  readonly videoModel?: string;
  readonly generateAudio?: boolean;
  readonly title?: string;
}

/** The models that a storyboard film uses. */
export function storyboardModels(choices: StoryboardChoices): { image: string; video: string } {
  const { model } = choices;
  const videoByModel = model !== undefined && isStoryboardVideoModel(model) ? model : undefined;
  const imageByModel = videoByModel === undefined ? model : undefined;
  return {
    image: choices.imageModel ?? imageByModel ?? STORYBOARD.imageModel,
    video: choices.videoModel ?? videoByModel ?? STORYBOARD.videoModel,
  };
}

/** The workflow's `input`, and the plan that is shown with it. */
export function storyboardWorkflow(
  board: Storyboard,
  choices: StoryboardChoices,
): { input: Record<string, unknown>; plan: Record<string, unknown> } {
  const models = storyboardModels(choices);
  const { width, height } = board.sheet;
  const quality = choices.imageQuality ??
    (choices.quality ? STORYBOARD.quality[choices.quality] : STORYBOARD.defaultQuality);
  const outputFormat = choices.outputFormat ?? STORYBOARD.outputFormat;
  const generateAudio = choices.generateAudio ?? true;
  const input = {
    title: choices.title ?? `${board.title} storyboard video`,
    steps: [
      {
        id: "storyboard_image",
        toolName: "generate_image",
        arguments: {
          prompt: sheetPrompt(board),
          model: models.image,
          width,
          height,
          numberOfVariations: 1,
          gptImageQuality: quality,
          outputFormat,
        },
      },
      {
        id: "seedance_video",
        toolName: "generate_video",
        arguments: {
          prompt: videoPrompt(board),
          videoModel: models.video,
          width: board.video.width,
          height: board.video.height,
          duration: board.duration,
          fps: STORYBOARD.fps,
          numberOfVariations: 1,
          generateAudio,
          expandPrompt: false,
        },
        dependsOn: [{
          sourceStepId: "storyboard_image",
          sourceArtifactIndex: 0,
          targetArgument: "referenceImageIndices",
          mediaType: "image",
          transform: "image_index",
          required: true,
        }],
      },
    ],
  };
  const plan = {
    title: board.title,
    frameCount: board.scenes.length,
    image: { width, height, model: models.image, quality, outputFormat },
    video: { ...board.video, duration: board.duration, model: models.video, generateAudio },
    warnings: board.warnings,
  };
  return { input, plan };
}
