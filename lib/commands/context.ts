/** What every command is given, and what it gives back. */
import type { Invocation } from "../cli/invocation.ts";
import type { FailedRun } from "../cli/report_failure.ts";
import type { Reporter } from "../cli/reporter.ts";
import type { Host, InterruptName } from "../platform/host.ts";

/** The surroundings of one run of a command. */
export interface CommandContext {
  readonly invocation: Invocation;
  readonly host: Host;
  readonly report: Reporter;
  /** Filled by the command as it learns more; shown when it fails. */
  readonly failure: FailedRun;
  /**
   * Lets the command end by itself when it is interrupted: it has to cancel what is paid for and
   * then return or throw. Without a handler an interrupt fails the run at once.
   */
  onInterrupt(handler: (name: InterruptName) => void): void;
}

/** A command: returns the exit code, throws `AppError` on failure. */
export type CommandRun = (context: CommandContext) => Promise<number>;
