/** Bringing the size of an i2v job and its start and end pictures together. */
import { AppError } from "../../errors/app_error.ts";
import type { MediaInput, PlanNote } from "../types.ts";
import { cutSize, fitInside, searchBox } from "./reference_fit.ts";
import type { SideRules, Size } from "./size.ts";
import { isAllowedSize, sizeText } from "./size.ts";

/** A start or end picture whose size is known. */
export interface MeasuredReference extends Size {
  type: "refImage" | "refImageEnd";
  path: string;
}

/** The record of a changed size, as results carry it. */
export interface AdjustedDims {
  reason: "i2v-ref-model-divisor";
  referenceType: MeasuredReference["type"];
  requested: Size;
  adjusted: Size;
  resizedFrom: Size;
  resizedTo: Size;
}

/** What the fit works with. */
export interface FitRequest {
  /** Size that was asked for, acceptable to the model. */
  size: Size;
  rules: SideRules;
  /** Width or height was given as a flag. */
  explicit: boolean;
  /** `--strict-size`. */
  strict: boolean;
  /** Start picture, then end picture. */
  references: readonly MeasuredReference[];
  addNote: (level: PlanNote["level"], text: string) => void;
}

/** The outcome of the fit. */
export interface Fit {
  /** The box that is reported as the size of the job. */
  size: Size;
  /** The size of the clip. */
  effective: Size;
  adjusted?: AdjustedDims;
  /** How the leading picture becomes exactly that size. */
  prepare: NonNullable<MediaInput["prepare"]>;
}

/**
 * Chooses a box in which the pictures come out in sizes the model can make; the first reference
 * leads and decides over the size of the clip.
 *
 * @throws AppError `INVALID_VIDEO_SIZE` when `--strict-size` forbids to change an asked size
 */
export function fitReferences(request: FitRequest): Fit | undefined {
  const { rules } = request;
  const [lead] = request.references;
  if (lead === undefined) return undefined;
  let size = request.size;
  let adjusted: AdjustedDims | undefined;
  for (const reference of request.references) {
    const found = adjustFor(reference, size, request);
    if (found === undefined) continue;
    adjusted = found;
    size = found.adjusted;
  }
  const fitted = fitInside(lead, size);
  const fits = isAllowedSize(fitted, rules);
  const effective = fits ? fitted : cutSize(fitted, rules);
  return {
    size,
    effective,
    ...(adjusted === undefined ? {} : { adjusted }),
    prepare: { kind: fits ? "fit" : "cover", ...effective },
  };
}

// Undefined when the size can stay, or when no other size would be better.
function adjustFor(
  reference: MeasuredReference,
  size: Size,
  { rules, explicit, strict, addNote }: FitRequest,
): AdjustedDims | undefined {
  const resized = fitInside(reference, size);
  if (isAllowedSize(resized, rules)) return undefined;
  const found = searchBox(reference, size, rules);
  if (strict && explicit) {
    throw new AppError(
      "INVALID_VIDEO_SIZE",
      `--strict-size: a ${sizeText(reference)} reference in ${sizeText(size)} becomes ${
        sizeText(resized)
      }, which the model cannot make.`,
      {
        details: {
          referenceType: reference.type,
          referencePath: reference.path,
          reference: { width: reference.width, height: reference.height },
          requested: size,
          resized,
        },
        hint: found === undefined
          ? "Crop the reference to a less extreme shape, or leave --strict-size out."
          : `Try: --width ${found.box.width} --height ${found.box.height} (result ${
            sizeText(found.result)
          }), or leave --strict-size out.`,
      },
    );
  }
  if (found === undefined || sizeText(found.box) === sizeText(size)) return undefined;
  addNote(
    explicit ? "warning" : "note",
    `${explicit ? "Warning: Adjusted" : "Auto-adjusted"} video size from ${sizeText(size)} to ${
      sizeText(found.box)
    }, so that the ${sizeText(reference)} reference becomes ${
      sizeText(found.result)
    } (multiples of ${rules.dimensionMultiple}).`,
  );
  return {
    reason: "i2v-ref-model-divisor",
    referenceType: reference.type,
    requested: size,
    adjusted: found.box,
    resizedFrom: resized,
    resizedTo: found.result,
  };
}
