/** The manual page, made from the flag table. */
import { FLAG_GROUPS } from "./flags/table.ts";
import type { FlagRow } from "./flags/types.ts";
import { flagHelp, flagUsage } from "./flag_usage.ts";
import { HELP_EXAMPLES } from "./help_examples.ts";
import { PENDING_COMMANDS, PENDING_FLAGS } from "./pending.ts";
import { COMMAND_WORDS } from "./words.ts";

const ENVIRONMENT: readonly (readonly [name: string, about: string])[] = [
  ["SOGNI_API_KEY", "The API key; it wins over the stored one when it is not empty."],
  ["SOGNI_CREDENTIALS_PATH", "Another file for the stored key."],
  ["SOGNI_MAX_COUNT", "Most results of one command; 16 by default."],
  ["SOGNI_HTTP_TIMEOUT_MS", "Time limit of requests and downloads in milliseconds."],
  ["SOGNI_SANDBOX", "1: the built-in practice service answers, as with --sandbox."],
  ["SOGNI_NO_UPDATE_CHECK", "1: do not look for updates, and do not speak of them."],
  ["SOGNI_EXIT_CODES", "extended: flags and values that cannot be used end with 2."],
  ["FFMPEG_PATH, FFPROBE_PATH", "The programs to use in place of those on PATH."],
  ["NO_COLOR", "No colour."],
];

const EXIT_STATUS: readonly (readonly [code: string, about: string])[] = [
  ["0", "Done."],
  ["1", "An error; with --json its code is on standard output."],
  ["2", "Flags or values that cannot be used, with SOGNI_EXIT_CODES=extended."],
  ["10", "Something was delivered, and the content filter withheld the rest."],
  ["129, 130, 143", "Ended by SIGHUP, SIGINT or SIGTERM."],
];

/** The page as roff, for `man -l`. */
export function renderManPage(version: string): string {
  return [
    `.TH SOGNI\\-AGENT 1 "" ${quote(`sogni-agent ${version}`)} "User Commands"`,
    ".SH NAME",
    "sogni\\-agent \\- images, video and music on the Sogni network",
    ".SH SYNOPSIS",
    ".B sogni\\-agent",
    '[\\fIoptions\\fR] "\\fIprompt\\fR"',
    ".br",
    ".B sogni\\-agent",
    "\\fIcommand\\fR [\\fIarguments\\fR]",
    ".SH DESCRIPTION",
    text(
      "Flags and prompt come in any order. A value may follow its flag or an equals sign. After",
    ),
    text("-- comes the prompt, whatever it begins with. Note that -h is height and -v is video."),
    ".SH COMMANDS",
    ...COMMAND_WORDS.filter(({ name }) => !Object.hasOwn(PENDING_COMMANDS, name))
      .flatMap(({ name, usage, help }) => entry(`${name} ${usage}`.trim(), help)),
    ".SH OPTIONS",
    ...FLAG_GROUPS.flatMap(({ title, rows }) => {
      const shown = rows.filter(isShown);
      return shown.length === 0 ? [] : [
        `.SS ${quote(title)}`,
        ...shown.flatMap((row) => entry(flagUsage(row), flagHelp(row))),
      ];
    }),
    ".SH ENVIRONMENT",
    ...ENVIRONMENT.flatMap(([name, about]) => entry(name, about)),
    ".SH FILES",
    ...entry("~/.config/sogni/", "Credentials, records, memories and personas."),
    ".SH EXIT STATUS",
    ...EXIT_STATUS.flatMap(([code, about]) => entry(code, about)),
    ".SH EXAMPLES",
    ...HELP_EXAMPLES.flatMap(([line, about]) => entry(`sogni-agent ${line}`, `${about}.`)),
  ].join("\n");
}

function isShown(row: FlagRow): boolean {
  return !row.hidden && !Object.hasOwn(PENDING_FLAGS, row.key);
}

function entry(name: string, about: string): string[] {
  return [".TP", `\\fB${text(name)}\\fR`, text(about)];
}

/** Hyphens as they are typed, backslashes kept, and no line that begins with a request. */
function text(plain: string): string {
  const escaped = plain.replaceAll("\\", "\\e").replaceAll("-", "\\-");
  return /^[.']/.test(escaped) ? `\\&${escaped}` : escaped;
}

function quote(plain: string): string {
  return `"${text(plain).replaceAll('"', '""')}"`;
}
