/** `--help [topic]`: the text, or with `--json` the whole flag table as data. */
import { renderHelp } from "../cli/help.ts";
import { renderHelpJson } from "../cli/help_json.ts";
import type { CommandRun } from "./context.ts";

/** Prints help. */
export const run: CommandRun = ({ invocation, host, report }) => {
  const [topic] = invocation.words;
  // A pipe has no width of its own: 80 columns read well everywhere.
  const { stdoutIsTerminal, columns } = host.facts.terminal;
  report.result(renderHelpJson(topic), renderHelp(topic, stdoutIsTerminal ? columns : 80));
  return Promise.resolve(0);
};
