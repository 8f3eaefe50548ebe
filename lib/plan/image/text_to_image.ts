/** Plain text to image, with variations when the prompt has them. */
import { expandPrompts } from "../dynamic_prompt.ts";
import type { SharedChoices } from "../shared.ts";
import type { Plan, PlanInput, PlannedProject, ProjectParams } from "../types.ts";
import { imageBase, samplerParams } from "./base.ts";

/** Guidance when neither flag, configuration nor model has one. */
const GUIDANCE = 1;

/** Plans text to image: one project, or one for each variation. */
export function planTextToImage(input: PlanInput, shared: SharedChoices, prompt: string): Plan {
  const { options } = input;
  const base = imageBase(input, shared, { branch: "text-to-image", prompt, contextImages: [] });
  const sampling = samplerParams(options.sampler, options.scheduler);
  const params: ProjectParams = {
    ...base.params,
    negativePrompt: options.negativePrompt ?? "",
    stylePrompt: "",
    guidance: base.guidance ?? GUIDANCE,
    ...(base.steps === undefined ? {} : { steps: base.steps }),
    ...sampling,
  };
  const variations = expandPrompts(prompt, shared.count);
  for (const [index, text] of (variations ?? []).entries()) {
    shared.addNote("note", `Variation ${index + 1}/${shared.count}: "${text}"`);
  }
  const projects: PlannedProject[] = variations === undefined
    ? [{ params, media: [] }]
    : variations.map((text) => ({
      params: { ...params, positivePrompt: text, numberOfMedia: 1 },
      media: [],
      label: text,
    }));
  return {
    ...base.plan,
    branch: "text-to-image",
    projects,
    order: "together",
    summary: { ...base.plan.summary, ...sampling },
  };
}
