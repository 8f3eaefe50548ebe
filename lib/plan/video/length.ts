/** Frame rate, seconds and frames of a video. */
import type { VideoModel } from "../../catalog/video_families.ts";
import type { SharedChoices } from "../shared.ts";

type Notes = Pick<SharedChoices, "addNote">;

/** Seconds when nobody says otherwise. */
export const DEFAULT_SECONDS = 5;

/** Frame rate when neither flag, configuration nor model has one. */
export const DEFAULT_FPS = 16;

/** The frame rate: flag, configuration, model; a rate the model cannot have is replaced. */
export function chooseFps(
  flag: number | undefined,
  configured: number | undefined,
  model: Pick<VideoModel, "id" | "fps" | "fixedFps" | "allowedFps">,
  notes: Notes,
): number {
  const asked = flag ?? usable(configured);
  if (asked === undefined) return model.fps;
  const fps = model.fixedFps ? model.fps : nearestAllowed(asked, model.allowedFps);
  if (fps !== asked) {
    notes.addNote(
      "note",
      `Adjusted video fps from ${asked} to ${fps}: ${model.id} renders at ${
        (model.fixedFps ? [model.fps] : model.allowedFps ?? []).join(" or ")
      } fps.`,
    );
  }
  return fps;
}

/** The seconds, brought into the model's range; says so when that changes them. */
export function clampSeconds(
  seconds: number,
  model: Pick<VideoModel, "id" | "durationSeconds">,
  notes: Notes,
): number {
  const [min, max] = model.durationSeconds;
  const clamped = Math.min(max, Math.max(min, seconds));
  if (clamped !== seconds) {
    notes.addNote(
      "note",
      `Adjusted video duration from ${seconds}s to ${clamped}s: ${model.id} makes ${min} to ${max} seconds.`,
    );
  }
  return clamped;
}

/** Frames that the service renders for a length, by the rule of the model's family. */
export function framesOf(
  seconds: number,
  fps: number,
  { frames: rule }: Pick<VideoModel, "frames">,
): number {
  const counted = Math.round(seconds * (rule.internalFps ?? fps)) + (rule.plusOne ? 1 : 0);
  return rule.base + Math.round((counted - rule.base) / rule.step) * rule.step;
}

/** Warns about a number of frames that the model cannot render as it is. */
export function warnAboutFrames(
  frames: number,
  { id, frames: rule }: Pick<VideoModel, "id" | "frames">,
  notes: Notes,
): void {
  const onGrid = (frames - rule.base) % rule.step === 0;
  if (frames >= rule.min && frames <= rule.max && onGrid) return;
  const grid = rule.step === 1 ? "" : ` in steps of ${rule.step} from ${rule.base}`;
  notes.addNote(
    "warning",
    `Warning: --frames ${frames} is sent as it is, but ${id} renders ${rule.min} to ${rule.max} frames${grid}.`,
  );
}

function usable(value: number | undefined): number | undefined {
  return value !== undefined && Number.isFinite(value) && value >= 1
    ? Math.round(value)
    : undefined;
}

// Of two rates equally far away the smoother one.
function nearestAllowed(asked: number, allowed: readonly number[] | undefined): number {
  if (allowed === undefined) return asked;
  return allowed.reduce(
    (best, rate) => Math.abs(rate - asked) <= Math.abs(best - asked) ? rate : best,
    allowed[0] ?? asked,
  );
}
