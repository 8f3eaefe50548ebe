/** What every command is given, and what it gives back. */
import type { Invocation } from "../cli/invocation.ts";
import type { Reporter } from "../cli/reporter.ts";
import type { Host } from "../platform/host.ts";

/** The surroundings of one run of a command. */
export interface CommandContext {
  readonly invocation: Invocation;
  readonly host: Host;
  readonly report: Reporter;
}

/** A command: returns the exit code, throws `AppError` on failure. */
export type CommandRun = (context: CommandContext) => Promise<number>;
