/** Takes the value of one flag off the command line. */
import { AppError, invalidArgument } from "../errors/app_error.ts";
import type { ArgumentQueue } from "./argument_queue.ts";
import { matchEnum, readEnum } from "./enum_value.ts";
import type { FlagRow } from "./flags/types.ts";
import { expandHome } from "./home_path.ts";
import { readNumber } from "./number_value.ts";

/** One use of a flag on the command line. */
export interface FlagUse {
  readonly row: FlagRow;
  /** As typed, without a value. */
  readonly spelling: string;
  /** The part after `=`, when the argument had one. */
  readonly inline: string | undefined;
}

/** A single value, before lists are put together. */
export type FlagValue = boolean | number | string | readonly (number | string)[];

/**
 * The value of a flag: inline after `=`, else from the following arguments, whatever they look
 * like. Comma lists come back as an array.
 *
 * @param home folder that a leading `~` of a path stands for
 */
export function takeValue(use: FlagUse, queue: ArgumentQueue, home: string): FlagValue {
  const { row } = use;
  if (row.kind === "flag") return takeNothing(use);
  if (row.kind === "tuple") return takeTuple(use, queue, home);
  if (row.kind === "list") return takeList(use, queue, home);
  if (row.optionalValue && use.inline === undefined && !isMeant(row, queue.peek())) return true;
  const text = use.inline ?? queue.take();
  if (text === undefined) throw missingValue(use);
  if (!row.commaList) return convert(use, text, home);
  const parts = text.split(",").map((part) => part.trim());
  return (row.kind === "string" ? parts.filter((part) => part !== "") : parts)
    .map((part) => convert(use, part, home));
}

function takeNothing({ row, spelling, inline }: FlagUse): boolean {
  if (inline === undefined) return row.value ?? true;
  throw invalidArgument(
    `${spelling} takes no value (got "${inline}").`,
    { flag: spelling, value: inline },
    `Write ${spelling} alone.`,
  );
}

function takeTuple(use: FlagUse, queue: ArgumentQueue, home: string): string[] {
  const values = use.inline === undefined ? [] : [use.inline];
  while (values.length < (use.row.arity ?? 1)) {
    const value = queue.take();
    if (value === undefined) throw missingValue(use);
    values.push(value);
  }
  return use.row.paths ? values.map((value) => readPath(use, value, home)) : values;
}

function takeList(use: FlagUse, queue: ArgumentQueue, home: string): string[] {
  const values = use.inline === undefined ? [] : [use.inline];
  for (let next = queue.peek(); next !== undefined && !next.startsWith("-"); next = queue.peek()) {
    values.push(next);
    queue.take();
  }
  const clipsProvided = Math.max(0, values.length - 1);
  if (clipsProvided < 2) {
    throw invalidArgument(
      `${use.spelling} needs the result's name and at least two clips (got ${clipsProvided}).`,
      { flag: use.spelling, clipsProvided },
      `Write ${use.spelling} out.mp4 one.mp4 two.mp4; a name that begins with - goes as ./-name.`,
    );
  }
  return use.row.paths ? values.map((value) => readPath(use, value, home)) : values;
}

/** Whether the argument that follows is meant as the optional value. */
function isMeant(row: FlagRow, next: string | undefined): next is string {
  if (next === undefined) return false;
  switch (row.kind) {
    case "enum":
      // A prompt may follow: only a value is taken, in lists of plain words only exactly so.
      return row.synonyms
        ? matchEnum(row, next) !== undefined
        : row.values?.includes(next) ?? false;
    case "int":
      return next.trim() !== "" && Number.isFinite(Number(next));
    default:
      return !next.startsWith("-");
  }
}

function convert(use: FlagUse, text: string, home: string): string | number {
  switch (use.row.kind) {
    case "int":
    case "number":
      return readNumber(use.row, use.spelling, text);
    case "enum":
      return readEnum(use.row, use.spelling, text);
    case "path":
      return readPath(use, text, home);
    default:
      if (use.row.named) refuseBlank(use, text, "a name");
      return text;
  }
}

function refuseBlank({ spelling }: FlagUse, text: string, what: string): void {
  if (text.trim() !== "") return;
  throw invalidArgument(
    `${spelling} needs ${what} (got "${text}").`,
    { flag: spelling, value: text },
    `Give ${spelling} a value, or leave it out.`,
  );
}

// Every control character but the tab.
// deno-lint-ignore no-control-regex
const CONTROL = /[\u0000-\u0008\u000a-\u001f\u007f]/;

/** References may be URLs, too; those have a check of their own. */
function readPath(use: FlagUse, text: string, home: string): string {
  const { spelling } = use;
  refuseBlank(use, text, "a path");
  if (CONTROL.test(text) && !/^(?:https?:\/\/|data:)/i.test(text)) {
    throw new AppError("INVALID_PATH", `${spelling} holds a control character.`, {
      details: { flag: spelling, value: text },
      hint: "Rename the file, or give a path without line breaks and other control characters.",
    });
  }
  return expandHome(text, home);
}

function missingValue({ row, spelling }: FlagUse): Error {
  const what = row.kind === "tuple" ? `${row.arity ?? 1} values` : "a value";
  return invalidArgument(
    `${spelling} needs ${what}.`,
    { flag: spelling },
    `${row.help} See: sogni-agent --help ${row.name}`,
  );
}
