/** The door to planning: a command line and the facts about it in, a {@link Plan} out. */
import { invalidArgument } from "../errors/app_error.ts";
import { angleLoras } from "./image/angle_loras.ts";
import { planEdit } from "./image/edit.ts";
import { planMultiAngle } from "./image/multi_angle.ts";
import { planPhotobooth } from "./image/photobooth.ts";
import { planTextToImage } from "./image/text_to_image.ts";
import { chooseMode, idleFlags, mediumOf } from "./modes.ts";
import type { Mode } from "./modes.ts";
import { planMusic } from "./music.ts";
import { applyReferences } from "./references.ts";
import { createShared } from "./shared.ts";
import type { SharedChoices } from "./shared.ts";
import type { Plan, PlanInput } from "./types.ts";
import { planVideo } from "./video/plan_video.ts";

/**
 * Plans a generation: image, edit, photobooth, multi-angle, video or music.
 *
 * Pure: the same input gives the same plan, and nothing is read, written or sent.
 *
 * @throws AppError when flags, values or references cannot be used; the code is registered
 */
export function planGeneration(input: PlanInput): Plan {
  const hasLastImage = (input.options.lastImage ?? false) && input.lastRender?.image !== undefined;
  const mode = chooseMode(input.options, hasLastImage);
  const applied = applyReferences(input, mode);
  const options = applied.options.angles360Video
    ? { ...applied.options, count: 1 }
    : applied.options;
  const seen: PlanInput = { ...input, options, prompt: applied.prompt };
  const shared = createShared(seen, {
    medium: mediumOf(mode),
    ...(mode === "multi-angle" ? { loras: angleLoras(options) } : {}),
    filmOutput: options.angles360Video !== undefined,
    ...(applied.voicePersonaName === undefined
      ? {}
      : { voicePersonaName: applied.voicePersonaName }),
  });
  for (const { level, text } of applied.notes) shared.addNote(level, text);
  for (const text of idleFlags(input.options, mode)) shared.addNote("warning", text);
  return planMode(mode, seen, shared);
}

function planMode(mode: Mode, input: PlanInput, shared: SharedChoices): Plan {
  const { options } = input;
  if (mode === "multi-angle") return planAngles(input, shared);
  const priceOnly = (options.estimate ?? false) || (options.estimateVideoCost ?? false);
  const prompt = priceOnly ? input.prompt ?? "" : requiredPrompt(input.prompt);
  if (mode === "video") return planVideo(input, shared);
  if (mode === "music") return planMusic(input, shared, prompt);
  // The mode is photobooth only when a face was given.
  if (mode === "photobooth") return planPhotobooth(input, shared, prompt, options.ref ?? "");
  return (options.context ?? []).length > 0
    ? planEdit(input, shared, prompt)
    : planTextToImage(input, shared, prompt);
}

function planAngles(input: PlanInput, shared: SharedChoices): Plan {
  const { options } = input;
  const [source = "", ...rest] = options.context ?? [];
  if (rest.length > 0) {
    shared.addNote("warning", "Only the first context image is used by --multi-angle.");
  }
  if (options.angles360 && options.azimuth !== undefined) {
    shared.addNote("warning", "--azimuth is ignored with --angles-360.");
  }
  return planMultiAngle(input, shared, input.prompt ?? "", source);
}

function requiredPrompt(prompt: string | undefined): string {
  if (prompt !== undefined && prompt.trim() !== "") return prompt;
  throw invalidArgument(
    "No prompt was given.",
    undefined,
    'Describe what to make, e.g. sogni-agent "a lighthouse at dawn"; a prompt that begins with a dash goes after --.',
  );
}
