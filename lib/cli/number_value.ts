/** Reads the numbers that flags take. */
import { invalidArgument } from "../errors/app_error.ts";
import type { FlagRow } from "./flags/types.ts";

/**
 * A number as JavaScript reads it (`1e2`, `5.0`, `0x10`), whole when the row says so and within
 * the row's range.
 *
 * @param spelling the flag as typed
 */
export function readNumber(row: FlagRow, spelling: string, text: string): number {
  const whole = row.kind === "int";
  const value = text.trim() === "" ? NaN : Number(text);
  if (!(whole ? Number.isInteger(value) : Number.isFinite(value))) {
    const kind = whole ? "a whole number" : "a number";
    throw invalidArgument(
      `${spelling} must be ${kind} (got "${text}").`,
      { flag: spelling, value: text },
      rangeHint(row, spelling),
    );
  }
  const { min = -Infinity, max = Infinity } = row;
  if (value < min || value > max) throw outOfRange(row, spelling, value);
  return value;
}

function outOfRange(row: FlagRow, spelling: string, value: number): Error {
  const { min, max } = row;
  const range = min !== undefined && max !== undefined
    ? `between ${min} and ${max}`
    : min !== undefined
    ? `at least ${min}`
    : `at most ${max}`;
  const bounds = row.rangeUntold
    ? {}
    : { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) };
  return invalidArgument(
    `${spelling} must be ${range} (got ${value}).`,
    { flag: spelling, value, ...bounds },
    rangeHint(row, spelling),
  );
}

function rangeHint(row: FlagRow, spelling: string): string {
  const kind = row.kind === "int" ? "a whole number" : "a number";
  const from = row.min === undefined ? "" : ` from ${row.min}`;
  const to = row.max === undefined ? (row.min === undefined ? "" : " up") : ` to ${row.max}`;
  const random = row.key === "seed" ? " For a new seed each time use --seed-strategy random." : "";
  return `Give ${spelling} ${kind}${from}${to}.${random}`;
}
