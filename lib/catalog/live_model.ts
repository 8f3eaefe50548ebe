/**
 * What the service says of one model now: ranges and choices. The built-in tables stay the floor;
 * this only refuses what was asked for outright and cannot be had.
 */
import { type AppError, invalidArgument } from "../errors/app_error.ts";

/** Limits of a number. */
export interface LiveRange {
  readonly min: number;
  readonly max: number;
}

/** Limits by the name of what is limited; absent: the service says nothing. */
export interface LiveModel {
  readonly ranges: Readonly<Record<string, LiveRange>>;
  /** Names or numbers that may be chosen. */
  readonly choices: Readonly<Record<string, readonly (string | number)[]>>;
}

/** A value that the caller gave, and the flag it came by. */
export interface AskedValue {
  readonly flag: string;
  /** As the service calls it, e.g. `steps`. */
  readonly name: string;
  readonly value: string | number;
}

/** Reads the service's answer; what has another shape is left out. */
export function readLiveModel(answer: unknown): LiveModel {
  const ranges: Record<string, LiveRange> = {};
  const choices: Record<string, readonly (string | number)[]> = {};
  for (const [name, value] of Object.entries(recordOf(answer))) {
    const { min, max, allowed } = recordOf(value);
    // A range of one value is no choice: the model takes none.
    if (typeof min === "number" && typeof max === "number" && min < max) {
      ranges[name] = { min, max };
    }
    if (!Array.isArray(allowed)) continue;
    const list = allowed.filter((item) => typeof item === "string" || typeof item === "number");
    if (list.length > 0) choices[name] = list;
  }
  return { ranges, choices };
}

/** The error of the first value that the model does not take now; `undefined` when all is well. */
export function liveProblem(
  model: string,
  { ranges, choices }: LiveModel,
  asked: readonly AskedValue[],
): AppError | undefined {
  for (const { flag, name, value } of asked) {
    const range = ranges[name];
    if (range && typeof value === "number" && (value < range.min || value > range.max)) {
      const { min, max } = range;
      return invalidArgument(
        `${flag} must be ${min} to ${max} for ${model} (got ${value}).`,
        { flag, value, min, max, model },
        "These limits are the service's present ones.",
      );
    }
    const allowed = choices[name];
    if (allowed && !allowed.some((item) => sameName(item, value))) {
      return invalidArgument(
        `${flag} "${value}" is not offered for ${model}; allowed: ${allowed.join(", ")}.`,
        { flag, value, allowed, model },
        `Choose one of these, or leave ${flag} out.`,
      );
    }
  }
  return undefined;
}

/** The service takes names in any spelling: `DPM++ 2M`, `dpm++_2m`. */
function sameName(a: string | number, b: string | number): boolean {
  const plain = (name: string | number) => String(name).toLowerCase().replace(/[\s_-]+/g, "");
  return plain(a) === plain(b);
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? value as Record<string, unknown> : {};
}
