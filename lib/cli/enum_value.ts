/** Reads flag values that must be one of a few words. */
import { invalidArgument } from "../errors/app_error.ts";
import { nearest } from "../text/nearest.ts";
import type { FlagRow } from "./flags/types.ts";

/**
 * The allowed value that `text` means, or `undefined`. Case does not count, and `_`, blanks and
 * `-` are the same.
 */
export function matchEnum(row: FlagRow, text: string): string | undefined {
  const wanted = canonical(text);
  const direct = row.values?.find((value) => canonical(value) === wanted);
  return direct ?? (Object.hasOwn(row.synonyms ?? {}, wanted) ? row.synonyms?.[wanted] : undefined);
}

/** The same; a value that is not allowed is `INVALID_ARGUMENT`. */
export function readEnum(row: FlagRow, spelling: string, text: string): string {
  const value = matchEnum(row, text);
  if (value !== undefined) return value;
  const values = row.values ?? [];
  const guess = nearest(text.toLowerCase(), values);
  throw invalidArgument(
    `${spelling} must be one of ${values.join(", ")} (got "${text}").`,
    refusedDetails(row, spelling, text),
    guess ? `Did you mean ${spelling} ${guess}?` : `Give ${spelling} one of these words.`,
  );
}

function refusedDetails(row: FlagRow, flag: string, value: string): Record<string, unknown> {
  const allowed = row.values ?? [];
  switch (row.enumDetails ?? "flag") {
    case "flag":
      return { flag, value };
    case "flag-allowed":
      return { flag, value, allowed };
    case "field-allowed":
      return { field: row.key, value, allowed };
    case "key":
      return { [row.key]: value };
  }
}

function canonical(text: string): string {
  return text.trim().toLowerCase().replace(/[\s_]+/g, "-");
}
