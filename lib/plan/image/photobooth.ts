/** Photobooth: the face of a reference picture in a new picture. */
import { PHOTOBOOTH } from "../../catalog/image_branches.ts";
import { invalidArgument } from "../../errors/app_error.ts";
import type { SharedChoices } from "../shared.ts";
import type { Plan, PlanInput, ProjectParams } from "../types.ts";
import { imageBase, samplerParams } from "./base.ts";

/**
 * Plans a face transfer.
 *
 * @param face path or URL of the picture with the face
 */
export function planPhotobooth(
  input: PlanInput,
  shared: SharedChoices,
  prompt: string,
  face: string,
): Plan {
  const { options, config } = input;
  const strength = share("--cn-strength", options.cnStrength) ?? PHOTOBOOTH.strength;
  const guidanceEnd = share("--cn-guidance-end", options.cnGuidanceEnd) ?? PHOTOBOOTH.guidanceEnd;
  const base = imageBase(input, shared, { branch: "photobooth", prompt, contextImages: [] });
  const own = config.modelDefaults?.[base.model.id];
  const sampling = samplerParams(
    options.sampler ?? PHOTOBOOTH.sampler,
    options.scheduler ?? PHOTOBOOTH.scheduler,
  );
  const params: ProjectParams = {
    ...base.params,
    negativePrompt: options.negativePrompt ?? "",
    stylePrompt: "",
    steps: options.steps ?? own?.steps ?? PHOTOBOOTH.steps,
    guidance: options.guidance ?? own?.guidance ?? PHOTOBOOTH.guidance,
    ...sampling,
    controlNet: {
      name: PHOTOBOOTH.controlNet,
      strength,
      mode: PHOTOBOOTH.mode,
      guidanceStart: PHOTOBOOTH.guidanceStart,
      guidanceEnd,
    },
  };
  return {
    ...base.plan,
    branch: "photobooth",
    projects: [{ params, media: [{ slot: "controlNetImage", source: face, transfer: "bytes" }] }],
    order: "together",
    summary: {
      ...base.plan.summary,
      ...sampling,
      photobooth: true,
      refImage: face,
      controlNet: { name: PHOTOBOOTH.controlNet, strength, guidanceEnd },
    },
  };
}

function share(flag: string, value: number | undefined): number | undefined {
  if (value === undefined || (value >= 0 && value <= 1)) return value;
  throw invalidArgument(
    `${flag} must be from 0 to 1 (got ${value}).`,
    { flag, value, min: 0, max: 1 },
    `Use a value such as ${flag} ${
      flag === "--cn-strength" ? PHOTOBOOTH.strength : PHOTOBOOTH.guidanceEnd
    }.`,
  );
}
