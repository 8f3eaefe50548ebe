/** What a storyboard film is asked to be, from the options and from a JSON input. */
import type { Options } from "../../cli/flags/table.ts";
import type { StoryboardRequest } from "../storyboard/compile.ts";
import type { StoryboardChoices } from "../storyboard/workflow.ts";

/** Everything but the storyline. */
export interface StoryboardWishes {
  readonly request: Omit<StoryboardRequest, "storyline">;
  readonly choices: StoryboardChoices;
  /** Found in the JSON input: no planning is needed. */
  readonly storyline?: string;
}

/**
 * Reads the wishes; what the JSON input says beats the flags.
 *
 * @param json parsed `--workflow-input`, if any
 */
export function storyboardWishes(
  options: Options,
  prompt: string | undefined,
  json: unknown,
): StoryboardWishes {
  const given = typeof json === "object" && json !== null && !Array.isArray(json)
    ? json as Record<string, unknown>
    : {};
  const text = (...keys: string[]) =>
    keys.map((key) => given[key]).find((value): value is string =>
      typeof value === "string" && value.trim() !== ""
    );
  const number = (...keys: string[]) =>
    keys.map((key) => given[key]).find((value): value is number =>
      typeof value === "number" && value > 0 && Number.isFinite(value)
    );
  const title = text("title");
  const frames = number("frameCount", "storyboardFrames") ?? options.storyboardFrames;
  const duration = number("videoDurationSec") ?? options.duration;
  const shortSide = number("videoTargetResolution") ?? options.targetResolution;
  const storyline = text("storyline", "script", "storyboardScript");
  const audio = typeof given.generateAudio === "boolean"
    ? given.generateAudio
    : options.generateAudio;
  const imageQuality = text("imageQuality", "gptImageQuality");
  const outputFormat = text("imageOutputFormat", "outputFormat") ?? options.outputFormat;
  const videoModel = text("videoModel") ?? options.videoModel;
  const imageModel = text("imageModel");
  return {
    request: {
      userText: text("userIntentText", "prompt") ?? prompt ?? "",
      ...(title === undefined ? {} : { title }),
      ...(frames === undefined ? {} : { frames: Math.round(frames) }),
      ...(duration === undefined ? {} : { duration }),
      ...(shortSide === undefined ? {} : { shortSide }),
    },
    choices: {
      ...(options.quality === undefined ? {} : { quality: options.quality }),
      ...(imageQuality === undefined ? {} : { imageQuality }),
      ...(outputFormat === undefined ? {} : { outputFormat }),
      ...(options.model === undefined ? {} : { model: options.model }),
      ...(imageModel === undefined ? {} : { imageModel }),
      ...(videoModel === undefined ? {} : { videoModel }),
      ...(audio === undefined ? {} : { generateAudio: audio }),
      ...(options.workflowTitle === undefined ? {} : { title: options.workflowTitle }),
    },
    ...(storyline === undefined ? {} : { storyline }),
  };
}
