/** Agents that are watched: their standard output is a terminal. */
import { spawnSync } from "node:child_process";
import process from "node:process";

/** Whether this machine has the program that makes terminals. */
export function hasTerminals(): boolean {
  return process.platform === "linux" && spawnSync("script", ["--version"]).status === 0;
}

// The program takes one line for a shell, so that each word is quoted.
const RUN_ON_TERMINAL = `
  line=
  for word; do line="$line '$(printf %s "$word" | sed "s/'/'\\\\\\\\''/g")'"; done
  exec script -qefc "$line" /dev/null
`;

/** Starts the agent on a terminal of its own; both outputs come on stdout, with CRLF line ends. */
export const ON_TERMINAL: readonly string[] = ["sh", "-c", RUN_ON_TERMINAL, "sh"];
