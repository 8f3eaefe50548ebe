/** How a command ended that ran for a tool. */

/** In front of the arguments of a line that a program wrote: one object, and progress as events. */
export const COMMON_ARGUMENTS: readonly string[] = [
  "--json",
  "-q",
  "--no-update-check",
  "--progress=ndjson",
];

/** What is left of a run. */
export interface CommandOutcome {
  /** The exit code. */
  readonly code: number;
  /** The one object of stdout; absent when there was none. */
  readonly object?: Readonly<Record<string, unknown>>;
  readonly stdout: string;
  /** Without progress events. */
  readonly stderr: string;
}

/** How far a run is, as `--progress ndjson` tells it. */
export interface RunProgress {
  /** 0 to 100. */
  readonly percent: number;
  readonly etaSeconds: number | null;
  readonly phase: string | null;
}

/** What a run is given. */
export interface ExecuteOptions {
  /** Interrupts the command, which cancels what is paid for and then ends. */
  readonly signal: AbortSignal;
  onProgress?(progress: RunProgress): void;
}

/** Runs a command line and waits for its end; never rejects. */
export type Execute = (
  argv: readonly string[],
  options: ExecuteOptions,
) => Promise<CommandOutcome>;

/** Exit code of a run some of whose results the content filter withheld. */
const EXIT_WITHHELD = 10;

/** Done, or done but for results that were withheld. */
export function isDelivered({ code, object }: CommandOutcome): boolean {
  return (code === 0 || code === EXIT_WITHHELD) && object !== undefined;
}

/** A failure that no command reported. */
export function failedOutcome(errorCode: string, error: string, hint?: string): CommandOutcome {
  const object = {
    success: false,
    error,
    errorCode,
    retryable: false,
    ...(hint === undefined ? {} : { hint }),
  };
  return { code: 1, object, stdout: JSON.stringify(object), stderr: "" };
}
