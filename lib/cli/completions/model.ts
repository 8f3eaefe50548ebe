/** What completions and the man page say, taken from the flag table. */
import { FLAG_GROUPS } from "../flags/table.ts";
import type { FlagRow } from "../flags/types.ts";
import { PENDING_COMMANDS, PENDING_FLAGS } from "../pending.ts";
import { COMMAND_WORDS } from "../words.ts";

/** What may stand behind a flag. */
export type ValueKind =
  | "none"
  /** a file or folder */
  | "path"
  /** one of `words` */
  | "words"
  /** anything */
  | "text";

/** A flag as shells see it. */
export interface CompletedFlag {
  /** The first long spelling. */
  readonly name: string;
  /** All spellings, the long one first. */
  readonly spellings: readonly string[];
  readonly help: string;
  readonly value: ValueKind;
  readonly words: readonly string[];
  /** Number of values; 0 for none, -1 for all up to the next flag. */
  readonly values: number;
  /** The value may be left out. */
  readonly optional: boolean;
  readonly repeatable: boolean;
}

/** A command as shells see it. */
export interface CompletedWord {
  readonly name: string;
  readonly help: string;
  /** What may follow, where it is one of a few words. */
  readonly words: readonly string[];
}

/** Everything that can be completed. */
export interface CompletionModel {
  readonly flags: readonly CompletedFlag[];
  readonly words: readonly CompletedWord[];
}

/** Names that `sogni-agent completions` takes. */
export const SHELLS = ["bash", "zsh", "fish", "powershell"] as const;

/** The flags and commands of this build; those not built yet are left out. */
export function completionModel(): CompletionModel {
  const rows: readonly FlagRow[] = FLAG_GROUPS.flatMap(({ rows }) => rows);
  return {
    flags: rows.filter((row) => !row.hidden && !Object.hasOwn(PENDING_FLAGS, row.key)).map(flagOf),
    words: COMMAND_WORDS.filter(({ name }) => !Object.hasOwn(PENDING_COMMANDS, name))
      .map(({ name, help }) => ({ name, help, words: wordsAfter(name) })),
  };
}

function flagOf(row: FlagRow): CompletedFlag {
  return {
    name: row.name,
    spellings: [row.name, ...(row.aliases ?? [])],
    help: row.help,
    value: valueKind(row),
    words: row.values ?? [],
    values: valueCount(row),
    optional: row.optionalValue === true,
    repeatable: row.repeatable === true,
  };
}

function valueKind(row: FlagRow): ValueKind {
  if (row.kind === "flag") return "none";
  if (row.kind === "enum") return "words";
  // Pictures, clips and JSON may all come from files.
  const isPath = row.kind === "path" || row.kind === "json" || row.paths === true;
  return isPath ? "path" : "text";
}

function valueCount(row: FlagRow): number {
  if (row.kind === "flag") return 0;
  if (row.kind === "list") return -1;
  return row.kind === "tuple" ? row.arity ?? 1 : 1;
}

function wordsAfter(name: string): readonly string[] {
  if (name === "completions") return [...SHELLS, "man"];
  return name === "help" ? FLAG_GROUPS.map((group) => group.name) : [];
}
