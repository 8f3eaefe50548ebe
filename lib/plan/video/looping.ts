/** The way back of a looping clip. */
import type { SharedChoices } from "../shared.ts";
import type { LaterProject, LoopBack, MediaInput, PlanInput, ProjectParams } from "../types.ts";

/**
 * The second project of a loop; `undefined` without `--looping`, and with a warning without a file
 * to write the joined clip to.
 */
export function loopBack(
  { options }: PlanInput,
  params: ProjectParams,
  media: readonly MediaInput[],
  shared: Pick<SharedChoices, "addNote">,
): LoopBack | undefined {
  if (!options.looping) return undefined;
  const start = media.find(({ slot }) => slot === "referenceImage");
  if (options.output === undefined || start === undefined) {
    shared.addNote(
      "warning",
      "Warning: --looping is ignored without --output: the loop is joined into that file.",
    );
    return undefined;
  }
  const { type, modelId, positivePrompt, negativePrompt, stylePrompt } = params;
  const { tokenType, network, disableNSFWFilter, width, height, fps } = params;
  const { duration, frames, steps, guidance, outputFormat } = params;
  const back: ProjectParams = {
    type,
    modelId,
    positivePrompt,
    ...(negativePrompt === undefined ? {} : { negativePrompt }),
    ...(stylePrompt === undefined ? {} : { stylePrompt }),
    numberOfMedia: 1,
    tokenType,
    ...(network === undefined ? {} : { network }),
    disableNSFWFilter,
    ...(width === undefined ? {} : { width }),
    ...(height === undefined ? {} : { height }),
    ...(fps === undefined ? {} : { fps }),
    ...(duration === undefined ? {} : { duration }),
    ...(frames === undefined ? {} : { frames }),
    ...(steps === undefined ? {} : { steps }),
    ...(guidance === undefined ? {} : { guidance }),
    ...(outputFormat === undefined ? {} : { outputFormat }),
  };
  return { kind: "loop", params: back, end: { ...start, slot: "referenceImageEnd" } };
}

/** The ways back of all results, for the price. */
export function waysBack({ params, end }: LoopBack, count: number): LaterProject[] {
  return Array.from({ length: count }, () => ({ params, slots: ["referenceImage", end.slot] }));
}
