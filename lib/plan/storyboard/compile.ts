/** From a storyline to a complete storyboard. */
import { STORYBOARD } from "../../catalog/storyboard.ts";
import { AppError } from "../../errors/app_error.ts";
import { scenesFromProse, splitToCount } from "./beats.ts";
import { storyboardProblems, storyboardWarnings } from "./checks.ts";
import { defaultFrameCount } from "./frame_count.ts";
import { sheetLayout, videoSize } from "./geometry.ts";
import {
  namedAspect,
  namedCanvas,
  namedFrames,
  namedSeconds,
  requiredTexts,
} from "./read_request.ts";
import { parseStoryline } from "./storyline.ts";
import { timeScenes } from "./timing.ts";
import type { SceneDraft, Storyboard } from "./types.ts";

/** What a storyboard is made of. */
export interface StoryboardRequest {
  /** The user's words; may be empty when only a storyline was given. */
  readonly userText: string;
  readonly storyline: string;
  readonly title?: string;
  /** `--storyboard-frames` */
  readonly frames?: number;
  /** `--duration`, seconds */
  readonly duration?: number;
  /** `--target-resolution`, pixels */
  readonly shortSide?: number;
}

/**
 * Compiles a storyline.
 *
 * @throws AppError `STORYBOARD_INVALID` with every reason
 */
export function compileStoryboard(request: StoryboardRequest): Storyboard {
  const { userText } = request;
  const story = parseStoryline(request.storyline);
  const named = request.duration ?? namedSeconds(userText) ?? story.duration ??
    lengthOf(story.scenes, request.storyline);
  const duration = filmDuration(named);
  const asked = request.frames ?? namedFrames(userText);
  const frames = asked === undefined
    ? defaultFrameCount({
      scenes: story.scenes.length,
      text: userText,
      ...(named === undefined ? {} : { duration: named }),
    })
    : clamp(asked, STORYBOARD.frames);
  const drafts = draftScenes(story.scenes, request.storyline, frames, asked !== undefined);
  const scenes = timeScenes(drafts, duration);
  const expected = { frames, duration, requiredTexts: requiredTexts(userText) };
  const problems = storyboardProblems(scenes, expected);
  if (problems.length > 0) {
    throw new AppError(
      "STORYBOARD_INVALID",
      `The storyline cannot be used: ${problems.join("; ")}.`,
      {
        details: { problems, frames, duration },
        hint: "Run it again, or set --storyboard-frames and --duration to fit the story.",
      },
    );
  }
  const aspect = namedAspect(userText || request.storyline);
  return {
    title: request.title ?? story.title ?? titleOf(userText),
    scenes,
    duration,
    sheet: sheetLayout(frames, aspect, namedCanvas(userText)),
    video: videoSize(request.shortSide ?? STORYBOARD.shortSide, aspect),
    aspect,
    warnings: storyboardWarnings(scenes),
  };
}

/** The first words of the request. */
function titleOf(text: string): string {
  const line = text.trim().split("\n")[0]?.trim() ?? "";
  return line === "" ? "Untitled" : line.length <= 60 ? line : `${line.slice(0, 59).trimEnd()}…`;
}

/** Seconds that a storyline without a header takes, by its scenes or its words. */
function lengthOf(scenes: readonly SceneDraft[], text: string): number | undefined {
  if (scenes.length === 0) return namedSeconds(text);
  const ends = scenes.flatMap(({ end }) => end ?? []);
  if (ends.length === scenes.length) return Math.max(...ends);
  const lengths = scenes.flatMap(({ length }) => length ?? []);
  return lengths.length === scenes.length ? lengths.reduce((sum, one) => sum + one, 0) : undefined;
}

/** Whole seconds within what the video model takes. */
export function filmDuration(seconds: number | undefined): number {
  const { min, max, default: otherwise } = STORYBOARD.duration;
  return clamp(Math.round(seconds ?? otherwise), { min, max });
}

// A number of frames that somebody asked for is held against the storyline as it is. One that we
// chose may ask for more panels than there are scenes: then long scenes get several.
function draftScenes(
  scenes: readonly SceneDraft[],
  text: string,
  frames: number,
  asked: boolean,
): readonly SceneDraft[] {
  if (scenes.length === 0) return scenesFromProse(text, frames);
  return asked ? scenes : splitToCount(scenes, frames);
}

function clamp(value: number, { min, max }: { min: number; max: number }): number {
  return Math.min(max, Math.max(min, value));
}
