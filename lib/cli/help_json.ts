/** The flag table as data, for `--help --json`. */
import { FLAG_GROUPS } from "./flags/table.ts";
import type { FlagRow } from "./flags/types.ts";
import { renderHelp } from "./help.ts";
import { COMMAND_WORDS } from "./words.ts";

/** Help as one JSON object: `{success, type: "help", usage, commands[], flags[], text}`. */
export function renderHelpJson(topic?: string): Record<string, unknown> {
  return {
    success: true,
    type: "help",
    usage: 'sogni-agent [options] "prompt"',
    commands: COMMAND_WORDS.map(({ name, usage, help }) => ({ name, usage, help })),
    flags: FLAG_GROUPS.flatMap((group) =>
      group.rows.filter((row) => !row.hidden).map((row) => flagData(row, group.name))
    ),
    text: renderHelp(topic),
  };
}

function flagData(row: FlagRow, group: string): Record<string, unknown> {
  return {
    name: row.name,
    aliases: row.aliases ?? [],
    group,
    kind: row.kind,
    help: row.help,
    ...pick(row, ["values", "arity", "min", "max", "default"]),
    ...(row.repeatable ? { repeatable: true } : {}),
    ...(row.commaList ? { commaList: true } : {}),
    ...(row.optionalValue ? { optionalValue: true } : {}),
    ...(row.firstOnly ? { firstOnly: true } : {}),
  };
}

function pick(row: FlagRow, keys: readonly (keyof FlagRow)[]): Record<string, unknown> {
  return Object.fromEntries(
    keys.flatMap((key) => row[key] === undefined ? [] : [[key, row[key]]]),
  );
}
