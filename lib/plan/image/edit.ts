/** Editing: a prompt with context images. */
import { EDIT_SETTINGS, isLightning } from "../../catalog/image_branches.ts";
import type { SharedChoices } from "../shared.ts";
import type { MediaInput, Plan, PlanInput, ProjectParams } from "../types.ts";
import { imageBase, samplerParams } from "./base.ts";

/** Plans an edit of the context images, which are sent in order. */
export function planEdit(input: PlanInput, shared: SharedChoices, prompt: string): Plan {
  const { options } = input;
  const contextImages = options.context ?? [];
  const base = imageBase(input, shared, { branch: "edit", prompt, contextImages });
  const settings = EDIT_SETTINGS[isLightning(base.model.id) ? "lightning" : "full"];
  const sampling = samplerParams(
    options.sampler ?? base.model.sampler,
    options.scheduler ?? base.model.scheduler,
  );
  const params: ProjectParams = {
    ...base.params,
    steps: base.steps ?? settings.steps,
    guidance: base.guidance ?? settings.guidance,
    ...sampling,
  };
  if (options.negativePrompt !== undefined) {
    shared.addNote("warning", "--negative-prompt is not used when context images are edited.");
  }
  return {
    ...base.plan,
    branch: "edit",
    projects: [{ params, media: contextImages.map(contextMedia) }],
    order: "together",
    summary: { ...base.plan.summary, ...sampling },
  };
}

/** A context image as it is sent. */
export function contextMedia(source: string): MediaInput {
  return { slot: "contextImages", source, transfer: "bytes" };
}
