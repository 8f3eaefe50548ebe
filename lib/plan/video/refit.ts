/** The size of a project whose start picture was only known after loading. */
import type { PlannedProject, PlanNote } from "../types.ts";
import { fitReferences } from "./fit.ts";
import type { AdjustedDims } from "./fit.ts";
import type { Size } from "./size.ts";

/** A project with its final size. */
export interface RefitProject {
  project: PlannedProject;
  /** The new box, for the summary, when it had to change. */
  adjusted?: AdjustedDims;
  notes: PlanNote[];
}

/**
 * Gives a project the size that its loaded picture asks for; a project without `refit` stays as it
 * is.
 *
 * @param picture pixels after EXIF rotation
 * @throws AppError `INVALID_VIDEO_SIZE` under `--strict-size`
 */
export function refitProject(project: PlannedProject, picture: Size): RefitProject {
  const { refit, ...rest } = project;
  const notes: PlanNote[] = [];
  if (refit === undefined) return { project, notes };
  const source = project.media.find(({ slot }) => slot === refit.slot)?.source ?? "";
  const fit = fitReferences({
    size: refit.box,
    rules: refit.rules,
    explicit: refit.strict,
    strict: refit.strict,
    references: [{
      type: refit.slot === "referenceImage" ? "refImage" : "refImageEnd",
      path: source,
      width: picture.width,
      height: picture.height,
    }],
    addNote: (level, text) => void notes.push({ level, text }),
  });
  if (fit === undefined) return { project, notes };
  const media = rest.media.map((input) => {
    if (input.slot === refit.slot) return { ...input, prepare: fit.prepare };
    return input.slot === "referenceImageEnd"
      ? { ...input, prepare: { kind: "cover" as const, ...fit.effective } }
      : input;
  });
  return {
    project: { ...rest, params: { ...rest.params, ...fit.effective }, media },
    ...(fit.adjusted === undefined ? {} : { adjusted: fit.adjusted }),
    notes,
  };
}
