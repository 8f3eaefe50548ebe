/** Steps, guidance and waiting time of a video job. */
import type { VideoModel } from "../../catalog/video_families.ts";
import { SLOW_SECONDS } from "../../catalog/video_families.ts";
import { VIDEO_PRESETS } from "../../catalog/video_models.ts";
import type { PlanInput } from "../types.ts";

/** Steps and guidance; a part is absent when the model does not take it. */
export interface VideoSettings {
  steps?: number;
  guidance?: number;
}

/** Steps: flag, preset, configuration, model. Guidance: flag, configuration, model. */
export function chooseSettings({ options, config }: PlanInput, model: VideoModel): VideoSettings {
  if (model.steps === null) return {};
  const own = config.modelDefaults?.[model.id];
  const preset = options.quality === undefined ? undefined : VIDEO_PRESETS[options.quality].steps;
  const guidance = options.guidance ?? own?.guidance ?? model.guidance;
  return {
    steps: options.steps ?? preset ?? own?.steps ?? model.steps,
    ...(guidance === undefined ? {} : { guidance }),
  };
}

/** Steps from which a job counts as slow, and seconds from which a clip counts as long. */
const MANY_STEPS = 20;
const LONG_CLIP = 10;

/** Seconds to wait for one project: flag, configuration, else by model, steps and length. */
export function chooseTimeout(
  { options, config }: PlanInput,
  model: VideoModel,
  steps: number | undefined,
  seconds: number,
): number {
  const asked = options.timeout ?? config.defaultVideoTimeoutSec;
  if (asked !== undefined) return asked;
  const slow = steps !== undefined && steps >= MANY_STEPS;
  const own = slow ? Math.max(SLOW_SECONDS, model.timeoutSeconds) : model.timeoutSeconds;
  return seconds > LONG_CLIP ? own * 2 : own;
}
