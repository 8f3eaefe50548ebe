/** Which models stand behind selectors and presets, by workflow. */
import type { VideoWorkflow } from "./video_families.ts";
import { DEFAULT_VIDEO_MODELS, VIDEO_MODELS } from "./video_models.ts";

/** Model ids by workflow. */
export type ModelsByWorkflow = Readonly<Partial<Record<VideoWorkflow, string>>>;

const LTX23 = byWorkflow(/^ltx23-.*_distilled$/);
const HAPPYHORSE = byWorkflow(/^happyhorse-1\.1-/);

/** Selectors that mean another model in each workflow; upper and lower case are the same. */
export const WORKFLOW_SELECTORS: Readonly<Record<string, ModelsByWorkflow>> = {
  ltx23: LTX23,
  ltx25: byWorkflow(/^ltx25-.*_distilled$/),
  // Where WAN has no model of a workflow, that workflow's default stands in.
  wan22: { ...DEFAULT_VIDEO_MODELS, ...byWorkflow(/^wan_v2\.2-.*_lightx2v$/) },
  happyhorse: HAPPYHORSE,
  "happyhorse1.1": HAPPYHORSE,
  "happyhorse-1.1": HAPPYHORSE,
  "minimax-h3": byWorkflow(/^minimax-h3-(?:fl2va|ref2va)-fp8_(?:t2v|i2v|r2v)$/),
  "minimax-h3-balanced": byWorkflow(/^minimax-h3-(?:fl2va|ref2va)-fp8_(?:t2v|i2v|r2v)_balanced$/),
  "minimax-h3-turbo": byWorkflow(/^minimax-h3-(?:fl2va|ref2va)-fp8_(?:t2v|i2v|r2v)_turbo$/),
};

/** Models of the preset `pro`. */
export const PRO_VIDEO_MODELS: ModelsByWorkflow = byWorkflow(/^ltx23-.*_dev$/);

/** Models for speech, sound and story, and for an imitated voice. */
export const SOUND_VIDEO_MODELS: ModelsByWorkflow = LTX23;

/** Model that films a storyboard sheet. */
export const STORYBOARD_MODEL = "seedance-2-0";

function byWorkflow(pattern: RegExp): ModelsByWorkflow {
  return Object.fromEntries(
    VIDEO_MODELS.filter(({ id }) => pattern.test(id)).map((
      { id, workflows },
    ) => [workflows[0], id]),
  );
}
