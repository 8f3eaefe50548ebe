/** The progress printer that suits the terminal of a command. */
import { chooseProgressMode, ProgressPrinter } from "../cli/progress_printer.ts";
import type { CommandContext } from "./context.ts";

/** Makes the printer; progress goes to stderr. */
export function createPrinter(
  { host, invocation, report }: Pick<CommandContext, "host" | "invocation" | "report">,
): ProgressPrinter {
  const { env, terminal, system } = host.facts;
  const mode = chooseProgressMode({
    asked: invocation.options.progress,
    quiet: report.style.quiet,
    stderrIsTerminal: terminal.stderrIsTerminal,
    env,
  });
  const unicode = !/^(C|POSIX)$/.test(env.LC_ALL || env.LANG || "") && system !== "windows";
  return new ProgressPrinter(report, mode, terminal.columns, unicode);
}
