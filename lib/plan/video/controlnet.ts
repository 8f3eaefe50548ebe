/** The control signal of a v2v job. */
import type { VideoModel } from "../../catalog/video_families.ts";
import type { Options } from "../../cli/flags/table.ts";
import { invalidArgument } from "../../errors/app_error.ts";

/** What the options ask for. */
export type ControlName = NonNullable<Options["controlnetName"]>;

/** Parameters of a project with a control signal. */
export interface VideoControl {
  controlNet: { name: ControlName; strength: number };
  detailerStrength?: number;
}

const DETAILER_STRENGTH = 0.6;
const STRUCTURE_STRENGTH = 0.85;

/** Control signals that repaint a canvas and are always at full strength. */
export const CANVAS_CONTROLS: readonly string[] = ["outpaint", "inpaint"];

/**
 * The control parameters: canny, pose and depth bring the detailer along, an explicit strength
 * replaces both defaults, and outpaint and inpaint always work at 1.
 *
 * @throws AppError `INVALID_ARGUMENT` for a strength outside 0 to 1
 */
export function controlParams(name: ControlName, strength: number | undefined): VideoControl {
  if (strength !== undefined && !(strength >= 0 && strength <= 1)) {
    throw invalidArgument(
      `--controlnet-strength must be from 0 to 1 (got ${strength}).`,
      { flag: "--controlnet-strength", value: strength, min: 0, max: 1 },
    );
  }
  if (CANVAS_CONTROLS.includes(name)) return { controlNet: { name, strength: 1 } };
  if (name === "detailer") return { controlNet: { name, strength: strength ?? 1 } };
  if (strength !== undefined) return { controlNet: { name, strength } };
  return {
    controlNet: { name, strength: STRUCTURE_STRENGTH },
    detailerStrength: DETAILER_STRENGTH,
  };
}

/** Refuses a control signal that the model does not know; unknown models are left to the service. */
export function refuseUnknownControl(name: ControlName, model: VideoModel): void {
  const known = model.family === "unknown" || model.workflows.length === 0;
  const canvas = CANVAS_CONTROLS.includes(name);
  if (model.controlNets.includes(name) || (known && !canvas)) return;
  throw invalidArgument(
    `--controlnet-name ${name} is not available with ${model.id}.`,
    { flag: "--controlnet-name", value: name, model: model.id, allowed: [...model.controlNets] },
    canvas
      ? "Use -m ltx23-v2v, which can outpaint and inpaint."
      : "Use -m ltx23-v2v, or another control signal.",
  );
}
