/** Arguments that begin with a dash and are no flag of ours. */
import { invalidArgument } from "../errors/app_error.ts";
import { nearest } from "../text/nearest.ts";
import { findFlag, FLAGS_BY_SPELLING } from "./flags/lookup.ts";

const DASH_HINT =
  'Run sogni-agent --help for all options. A prompt that begins with a dash goes after --, as in: sogni-agent -- "-5 degrees"';

/**
 * Whether an argument with a leading dash is a prompt after all: it holds a blank before any `=`,
 * and its first word is not a flag, nor near one.
 */
export function isDashedPrompt(argument: string): boolean {
  const [first = "", ...more] = argument.split(/\s+/);
  if (more.length === 0 || first.includes("=")) return false;
  return /^-+$/.test(first) || (findFlag(first) === undefined && suggestion(first) === undefined);
}

/** A dash that word processors put in place of `--`, before the name of a flag. */
export function isTypographicFlag(argument: string): boolean {
  const name = /^[\u2013\u2014\u2212]+-?([a-z][\w-]*)/.exec(argument)?.[1];
  return name !== undefined && findFlag(`--${name}`) !== undefined;
}

/** The error for an option that is not known, with what was probably meant. */
export function unknownOption(argument: string): Error {
  return invalidArgument(
    `Unknown option ${argument}`,
    undefined,
    `${guess(argument)} ${DASH_HINT}`.trim(),
  );
}

function guess(argument: string): string {
  const [first = ""] = argument.split(/[\s=]/);
  if (findFlag(first)?.firstOnly) return `${first} works as the first argument only.`;
  if (isTypographicFlag(argument)) return "Flags begin with two plain hyphens.";
  if (findFlag(first)) return `Write ${first} and its value as two arguments.`;
  if (/^-\w/.test(first) && findFlag(`-${first}`)) return `Did you mean -${first}?`;
  const short = /^-[A-Za-z]./.test(first) ? findFlag(first.slice(0, 2)) : undefined;
  if (short) {
    const name = first.slice(0, 2);
    return `Short options stand alone: ${name}${short.kind === "flag" ? "" : " value"}.`;
  }
  const meant = suggestion(first);
  return meant ? `Did you mean ${meant}?` : "";
}

function suggestion(spelling: string): string | undefined {
  if (!spelling.startsWith("--")) return undefined;
  const names = [...FLAGS_BY_SPELLING].flatMap(([name, row]) => row.hidden ? [] : [name]);
  return nearest(spelling.toLowerCase(), names.filter((name) => name.startsWith("--")));
}
