/** How flags are written in help. */
import type { FlagRow } from "./flags/types.ts";
import { PENDING_FLAGS } from "./pending.ts";

/** Spellings and value of a flag, e.g. `-n, --count <n>`; short ones first. */
export function flagUsage(row: FlagRow): string {
  const spellings = [row.name, ...(row.aliases ?? [])];
  const short = spellings.filter((spelling) => !spelling.startsWith("--"));
  const value = valueUsage(row);
  return [...short, row.name].join(", ") + (value === "" ? "" : ` ${value}`);
}

/** Long spellings besides the first. */
export function otherSpellings(row: FlagRow): string[] {
  return (row.aliases ?? []).filter((spelling) => spelling.startsWith("--"));
}

/** What help says of a flag: the sentence, the range, the default, other spellings. */
export function flagHelp(row: FlagRow): string {
  const facts: string[] = [];
  if (row.min !== undefined && row.max !== undefined) facts.push(`${row.min} to ${row.max}`);
  if (row.repeatable && !row.commaList) facts.push("repeatable");
  if (row.default !== undefined) facts.push(`default ${row.default}`);
  const others = otherSpellings(row);
  if (others.length > 0) facts.push(`also ${others.join(", ")}`);
  if (Object.hasOwn(PENDING_FLAGS, row.key)) facts.push("not in this build yet");
  return facts.length === 0 ? row.help : `${row.help} (${facts.join("; ")})`;
}

function valueUsage(row: FlagRow): string {
  if (row.kind === "flag") return "";
  const name = row.placeholder ?? (row.values ? row.values.join("|") : DEFAULT_NAMES[row.kind]);
  if (name.startsWith("<")) return name;
  return row.optionalValue ? `[${name}]` : `<${name}>`;
}

const DEFAULT_NAMES: Readonly<Record<FlagRow["kind"], string>> = {
  flag: "",
  int: "n",
  number: "n",
  string: "text",
  path: "path",
  url: "url",
  json: "json",
  enum: "word",
  tuple: "values",
  list: "values",
};
