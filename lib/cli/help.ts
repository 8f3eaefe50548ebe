/** The help text, made from the flag table. */
import { twoColumns, wrap } from "../text/wrap.ts";
import { flagHelp, flagUsage } from "./flag_usage.ts";
import { findFlag } from "./flags/lookup.ts";
import { FLAG_GROUPS, type FlagGroup } from "./flags/table.ts";
import type { FlagRow } from "./flags/types.ts";
import { HELP_EXAMPLES } from "./help_examples.ts";
import { PENDING_COMMANDS } from "./pending.ts";
import { COMMAND_WORDS, type CommandWord, findWord } from "./words.ts";

const MAX_COLUMNS = 100;
const MIN_COLUMNS = 40;
const COLUMN = 28;

/**
 * The help text without a final newline.
 *
 * @param topic a group of flags (`video`), a flag (`--seed`, `seed`, `-n`) or a command (`jobs`);
 *   all of the help when absent or not known
 * @param columns width of the terminal; lines keep to it as far as names allow
 */
export function renderHelp(topic?: string, columns = 80): string {
  const width = Math.max(MIN_COLUMNS, Math.min(MAX_COLUMNS, columns));
  return (topicLines(topic, width) ?? allLines(width)).join("\n");
}

function topicLines(topic: string | undefined, width: number): string[] | undefined {
  if (topic === undefined) return undefined;
  const group = FLAG_GROUPS.find((candidate) => candidate.name === topic.toLowerCase());
  if (group) return [...usageLines(group.name), "", ...groupLines(group, width)];
  const word = findWord(topic);
  if (word) {
    const usage = `Usage: sogni-agent ${word.name} ${word.usage}`.trim();
    return [usage, "", ...wrap(wordHelp(word), width)];
  }
  const row = findFlag(topic) ?? findFlag(`--${topic}`);
  return row ? flagLines(row, width) : undefined;
}

function wordHelp({ name, help }: CommandWord): string {
  return Object.hasOwn(PENDING_COMMANDS, name) ? `${help} (not in this build yet)` : help;
}

function allLines(width: number): string[] {
  return [
    ...usageLines(),
    "",
    ...wrap(
      "Makes images, videos and music on the Sogni network. Flags and prompt come in any order; " +
        "-h is height and -v is video, help and version are --help and --version.",
      width,
    ),
    "",
    "Examples:",
    ...HELP_EXAMPLES.flatMap(([line, about]) => [`  # ${about}`, `  sogni-agent ${line}`]),
    "",
    "Commands (as the first argument):",
    ...COMMAND_WORDS.flatMap((word) =>
      twoColumns(`  ${word.name} ${word.usage}`.trimEnd(), wordHelp(word), COLUMN, width)
    ),
    ...FLAG_GROUPS.flatMap((group) => ["", ...groupLines(group, width)]),
    "",
    ...wrap(
      `A value may follow its flag or an equals sign: --steps 8, --steps=8. After -- comes the ` +
        `prompt, whatever it begins with. More on a part: sogni-agent --help <topic>, with one of ` +
        `${FLAG_GROUPS.map((group) => group.name).join(", ")}, or a flag.`,
      width,
    ),
  ];
}

function usageLines(group?: string): string[] {
  const local = ["local-media", "state", "maintenance"];
  return group !== undefined && local.includes(group)
    ? ["Usage: sogni-agent [options]"]
    : ['Usage: sogni-agent [options] "prompt"'];
}

function groupLines(group: FlagGroup, width: number): string[] {
  return [
    `${group.title}:`,
    ...group.rows.filter((row) => !row.hidden).flatMap((row) =>
      twoColumns(`  ${flagUsage(row)}`, flagHelp(row), COLUMN, width)
    ),
  ];
}

function flagLines(row: FlagRow, width: number): string[] {
  const allowed = row.values ? [`Values: ${row.values.join(", ")}`] : [];
  return [
    flagUsage(row),
    "",
    ...wrap(flagHelp(row), width),
    ...allowed.flatMap((line) => wrap(line, width)),
  ];
}
