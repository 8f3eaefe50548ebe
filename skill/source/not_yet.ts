/** What this build cannot do yet, taken from the table that refuses it. */
import { FLAG_ROWS } from "../../lib/cli/flags/table.ts";
import { PENDING_COMMANDS, PENDING_FLAGS } from "../../lib/cli/pending.ts";
import { findWord } from "../../lib/cli/words.ts";

/** Names as they are typed: `--detach`, `sogni-agent jobs`; the installer comes with its command. */
export function notYet(): string[] {
  const flags = FLAG_ROWS.filter(({ key }) => PENDING_FLAGS[key] !== undefined)
    .map(({ name }) => name);
  const words = Object.keys(PENDING_COMMANDS).filter((name) => findWord(name))
    .map((name) => `sogni-agent ${name}`);
  const more = [
    ...(PENDING_COMMANDS.estimate === undefined ? [] : ["--estimate", "--estimate-video-cost"]),
    ...(PENDING_COMMANDS.setup === undefined ? [] : ["npx setup-sogni-agent-skill"]),
  ];
  return [...new Set([...flags, ...more])].concat(words);
}

/** One paragraph for the skill; empty when all is built. */
export function notYetText(): string {
  const names = notYet();
  if (names.length === 0) return "";
  return [
    "These end in `NOT_IMPLEMENTED` before anything is spent; say so to the user and do not look for",
    `a way around it: ${names.map((name) => `\`${name}\``).join(", ")}.`,
  ].join("\n");
}
