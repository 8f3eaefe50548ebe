/** What the price of a video depends on. */
import type { MediaInput, VideoPricing } from "../types.ts";
import type { VideoJob } from "./job.ts";
import { framesOf } from "./length.ts";

/** The pricing facts of a job that makes `count` clips. */
export function pricingOf(
  { model, frame, length, settings }: VideoJob,
  media: readonly MediaInput[],
  count: number,
): VideoPricing {
  const { fps, seconds, frames } = length;
  const inSlots = (...slots: MediaInput["slot"][]) =>
    media.filter(({ slot }) => slots.includes(slot)).length;
  const videos = inSlots("referenceVideo", "referenceVideoUrls");
  return {
    width: frame.sent.width,
    height: frame.sent.height,
    fps,
    frames: frames ?? null,
    renderedFrames: frames ?? framesOf(seconds, fps, model),
    duration: frames === undefined ? seconds : Math.max(1, Math.round((frames - 1) / fps)),
    steps: settings.steps ?? null,
    count,
    hasVideoInput: videos > 0,
    referenceImageCount: inSlots(
      "referenceImage",
      "referenceImageEnd",
      "referenceImageUrls",
      "contextImages",
    ),
    referenceVideoCount: videos,
  };
}
