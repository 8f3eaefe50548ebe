/** A line of a batch file, as the command line that it stands for. */
import { FLAG_ROWS } from "../../cli/flags/table.ts";
import type { FlagRow } from "../../cli/flags/types.ts";
import { invalidArgument } from "../../errors/app_error.ts";
import { nearest } from "../../text/nearest.ts";

const ROWS: readonly FlagRow[] = FLAG_ROWS;

/**
 * `["-o", "a.png", "a fox"]`, `{"args": [...]}`, or options by their names as `--help --json` lists
 * them: `{"prompt": "a fox", "output": "a.png", "width": 768, "video": true}`.
 *
 * @param where names the line in errors, e.g. `jobs.jsonl:3`
 * @throws AppError INVALID_ARGUMENT
 */
export function argumentsOf(value: unknown, where: string): string[] {
  if (isTexts(value)) return value;
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    const { args, ...others } = value as Record<string, unknown>;
    if (args === undefined) return fromOptions(others, where);
    if (isTexts(args) && Object.keys(others).length === 0) return args;
  }
  throw invalidArgument(
    `${where} is no job.`,
    { value: JSON.stringify(value).slice(0, 200) },
    'Write {"prompt": "a fox", "output": "fox.png"} or {"args": ["-o", "fox.png", "a fox"]}.',
  );
}

function fromOptions({ prompt, ...options }: Record<string, unknown>, where: string): string[] {
  const argv = Object.entries(options).flatMap(([key, value]) => flagsOf(key, value, where));
  if (prompt === undefined) return argv;
  if (typeof prompt !== "string") throw unusable(where, "prompt", prompt, "text");
  // Behind the dashes no prompt is taken for a flag.
  return [...argv, "--", prompt];
}

function flagsOf(key: string, value: unknown, where: string): string[] {
  const rows = ROWS.filter((row) => row.key === key || row.name === `--${key}`);
  const [row] = rows;
  if (!row) throw unknownOption(key, where);
  if (typeof value === "boolean") {
    const switched = rows.find((each) => each.kind === "flag" && (each.value ?? true) === value);
    if (switched) return [switched.name];
    // `false` for a flag that has no opposite is what holds without it.
    if (row.kind === "flag") return [];
  }
  if (row.kind === "flag") throw unusable(where, key, value, "true or false");
  const values = (Array.isArray(value) ? value : [value]).map((each) => {
    if (typeof each !== "string" && typeof each !== "number") {
      throw unusable(where, key, each, "text or a number");
    }
    return String(each);
  });
  if (row.kind === "tuple" || row.kind === "list") return [row.name, ...values];
  if (row.commaList) return [`${row.name}=${values.join(",")}`];
  return values.map((each) => `${row.name}=${each}`);
}

function unknownOption(key: string, where: string): Error {
  const names = ROWS.filter(({ hidden }) => !hidden).map((row) => row.key);
  const meant = nearest(key, names);
  return invalidArgument(
    `${where} has an option "${key}" that does not exist.`,
    { value: key },
    `${meant ? `Did you mean ${meant}? ` : ""}sogni-agent --help --json lists all as "key".`,
  );
}

function unusable(where: string, key: string, value: unknown, expected: string): Error {
  return invalidArgument(
    `${where}: ${key} must be ${expected}.`,
    { field: key, value },
    `Correct ${key} in ${where}.`,
  );
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((each) => typeof each === "string");
}
