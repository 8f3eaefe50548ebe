/** Reports a failure in the way that the command line asked for. */
import type { HostFacts } from "../platform/host.ts";
import { describeFailure } from "./failure.ts";
import type { Reporter } from "./reporter.ts";
import type { TypedFlags } from "./typed_flags.ts";

/** What is known of the run that failed. */
export interface FailedRun {
  /** The prompt after inference; `null` when there was none. */
  prompt: string | null;
  /** The contract's `context` object. */
  context?: Record<string, unknown>;
  /** Values that must not be shown, such as a key from a file. */
  secrets?: readonly string[];
  /** Flags that were typed in another spelling than their long name. */
  typed?: TypedFlags;
}

/** Writes the failure and returns the exit code. */
export function reportFailure(
  error: unknown,
  report: Reporter,
  { env, cwd, runtime }: HostFacts,
  run: FailedRun,
): number {
  const { object, lines, exitCode, debugLines } = describeFailure(error, {
    ...run,
    openclaw: report.style.openclaw,
    cwd,
    runtime,
    env,
    now: new Date(),
  });
  report.failure(object, lines);
  for (const line of debugLines) report.important(line);
  return exitCode;
}
