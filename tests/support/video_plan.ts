/** Plans of videos for tests, in few words. */
import type { PluginConfig } from "../../lib/catalog/plugin_config.ts";
import type { Options } from "../../lib/cli/flags/table.ts";
import { AppError } from "../../lib/errors/app_error.ts";
import { planGeneration } from "../../lib/plan/plan.ts";
import type { Plan, PlanInput, ReferenceFacts } from "../../lib/plan/types.ts";
import { planInput } from "./plan_input.ts";

/** Facts of the pictures and films that tests name. */
export const REFERENCES: Readonly<Record<string, ReferenceFacts>> = {
  "square.png": { mimeType: "image/png", width: 1024, height: 1024 },
  "tall.jpg": { mimeType: "image/jpeg", width: 1024, height: 1536 },
  "wide.png": { mimeType: "image/png", width: 1920, height: 1080 },
  "odd.png": { mimeType: "image/png", width: 997, height: 1501 },
  "strip.png": { mimeType: "image/png", width: 3000, height: 500 },
  "film.mp4": { mimeType: "video/mp4", width: 1280, height: 720 },
  "song.mp3": { mimeType: "audio/mpeg" },
  "song.m4a": { mimeType: "audio/mp4" },
};

/** Plans `--video` with these options. */
export function planVideoOf(
  options: Options,
  prompt = "a lighthouse",
  facts: Partial<PlanInput> = {},
): Plan {
  return planGeneration(
    planInput({ video: true, ...options }, { prompt, references: REFERENCES, ...facts }),
  );
}

/** The same with a configuration. */
export function planConfigured(config: PluginConfig, options: Options = {}, prompt?: string): Plan {
  return planVideoOf(options, prompt, { config });
}

/** The error that planning ends with. */
export function videoError(
  options: Options,
  prompt?: string,
  facts?: Partial<PlanInput>,
): AppError {
  let plan: Plan;
  try {
    plan = planVideoOf(options, prompt, facts);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error(`planned ${plan.model} instead of failing`);
}
