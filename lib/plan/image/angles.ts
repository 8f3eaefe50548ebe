/** Camera positions of a multi-angle plan, and the prompts made from them. */
import { angleKeys, ANGLES, DEFAULT_ANGLE, findAngle } from "../../catalog/angles.ts";
import type { AngleField, AnglePhrase } from "../../catalog/angles.ts";
import { MULTIPLE_ANGLES_LORA } from "../../catalog/loras.ts";
import type { Options } from "../../cli/flags/table.ts";
import { invalidArgument } from "../../errors/app_error.ts";

/** A camera position. */
export type Angle = Readonly<Record<AngleField, AnglePhrase>>;

/**
 * The camera positions of a command line: one, or a full turn of eight with `--angles-360`.
 *
 * @throws AppError `INVALID_ARGUMENT` with `details {field, value, allowed}`
 */
export function chooseAngles(options: Options): Angle[] {
  const elevation = parseAngle("elevation", options.elevation);
  const distance = parseAngle("distance", options.distance);
  if (options.angles360) return ANGLES.azimuth.map((azimuth) => ({ azimuth, elevation, distance }));
  return [{ azimuth: parseAngle("azimuth", options.azimuth), elevation, distance }];
}

/** Trigger word, camera phrases and description, joined by blanks. */
export function anglePrompt(angle: Angle, description: string): string {
  const { azimuth, elevation, distance } = angle;
  return [
    MULTIPLE_ANGLES_LORA.promptToken,
    azimuth.phrase,
    elevation.phrase,
    distance.phrase,
    description,
  ].filter((part) => part !== "").join(" ");
}

function parseAngle(field: AngleField, value: string | undefined): AnglePhrase {
  const text = value ?? DEFAULT_ANGLE[field];
  const found = findAngle(field, text);
  if (found) return found;
  const allowed = angleKeys(field);
  throw invalidArgument(
    `--${field} "${text}" is not a camera position; allowed: ${allowed.join(", ")}.`,
    { field, value: text, allowed },
    `Use --${field} ${DEFAULT_ANGLE[field]}, or another of the list.`,
  );
}
