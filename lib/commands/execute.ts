/** Runs one command on a host and turns however it ends into output and an exit code. */
import type { Invocation } from "../cli/invocation.ts";
import type { FailedRun } from "../cli/report_failure.ts";
import { Reporter } from "../cli/reporter.ts";
import { AppError } from "../errors/app_error.ts";
import type { Host, InterruptName } from "../platform/host.ts";
import type { CommandContext } from "./context.ts";
import { COMMANDS, isLocal } from "./table.ts";

/** Never rejects: every failure becomes a report. */
export async function execute(invocation: Invocation, host: Host): Promise<number> {
  const report = new Reporter(host, {
    json: invocation.options.json === true,
    quiet: invocation.options.quiet === true,
    openclaw: (host.facts.env.OPENCLAW_PLUGIN_CONFIG ?? "") !== "",
  });
  const { prompt = null, typed = {} } = invocation;
  const failure: FailedRun = { prompt, typed };
  try {
    const command = COMMANDS[invocation.command];
    if (!command) {
      throw new AppError("INTERNAL_ERROR", `There is no command "${invocation.command}".`);
    }
    const { run } = await command.load();
    const context = { invocation, host, report, failure };
    // Listening costs a thread. What only touches state is over before a signal could be answered,
    // and whatever ends it leaves whole files.
    if (isLocal(command)) {
      return await run({ ...context, onInterrupt: (handler) => host.onInterrupt(handler) });
    }
    return await untilInterrupted(context, run);
  } catch (error) {
    const { reportFailure } = await import("../cli/report_failure.ts");
    return reportFailure(error, report, host.facts, failure);
  }
}

/** The error of a run that a signal ended. */
export function interrupted(name: string, message = "Interrupted."): AppError {
  return new AppError("USER_CANCELLED", message, { details: { signal: name } });
}

async function untilInterrupted(
  context: Omit<CommandContext, "onInterrupt">,
  run: (context: CommandContext) => Promise<number>,
): Promise<number> {
  let handler: ((name: InterruptName) => void) | undefined;
  const interrupt = new Promise<never>((_, reject) => {
    context.host.onInterrupt((name) => handler ? handler(name) : reject(interrupted(name)));
  });
  interrupt.catch(() => {});
  const work = run({ ...context, onInterrupt: (given) => handler = given });
  work.catch(() => {});
  return await Promise.race([work, interrupt]);
}
