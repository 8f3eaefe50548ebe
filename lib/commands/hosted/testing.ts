/** Runs a command line in this process against a recording server. */
import { parse } from "../../cli/parse.ts";
import { reportFailure } from "../../cli/report_failure.ts";
import { Reporter } from "../../cli/reporter.ts";
import type { Host, InterruptName } from "../../platform/host.ts";
import { inHome } from "../../store/testing.ts";
import { execute } from "../execute.ts";

/** How a run ended. */
export interface HostedRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** The one object on stdout; fails when there is not exactly one. */
  readonly object: Record<string, unknown>;
}

/** What a run is given besides its arguments. */
export interface HostedRunOptions {
  readonly env?: Record<string, string>;
  /** Files below the home folder, which is the working folder too. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  /** Someone watches stdout. */
  readonly isTerminal?: boolean;
  /** Called with a function that sends a signal to the command. */
  readonly onReady?: (interrupt: (name: InterruptName) => void) => void;
  /** Called with the home folder when the command has ended. */
  readonly after?: (home: string) => Promise<void>;
}

/** The key of these runs. */
export const RUN_KEY = "run-key-0123456789";

/** Runs `argv`; `{home}` in an argument is the home folder. */
export async function runHosted(
  origin: string,
  argv: readonly string[],
  options: HostedRunOptions = {},
): Promise<HostedRun> {
  const env = {
    SOGNI_API_KEY: RUN_KEY,
    SOGNI_API_BASE_URL: origin,
    SOGNI_ALLOW_UNSAFE_API_BASE_URL: "1",
    ...options.env,
  };
  let result = { code: -1, stdout: "", stderr: "" };
  await inHome(async ({ host, home, put, written }) => {
    for (const [name, data] of Object.entries(options.files ?? {})) await put(name, data);
    const { isTerminal: stdoutIsTerminal = false } = options;
    const heard: Host = {
      ...host,
      facts: { ...host.facts, terminal: { ...host.facts.terminal, stdoutIsTerminal } },
      onInterrupt: (handler) => options.onReady?.(handler),
    };
    const placed = argv.map((part) => part.replaceAll("{home}", home));
    const code = await runOne(placed, heard, env, home);
    await options.after?.(home);
    result = { code, ...written };
  }, env);
  return {
    ...result,
    get object() {
      const lines = result.stdout.split("\n").filter((line) => line !== "");
      if (lines.length !== 1) {
        throw new Error(`stdout is not one object:\n${result.stdout}\n${result.stderr}`);
      }
      return JSON.parse(lines[0] ?? "") as Record<string, unknown>;
    },
  };
}

async function runOne(
  argv: readonly string[],
  host: Host,
  env: Record<string, string>,
  home: string,
): Promise<number> {
  try {
    return await execute(parse(argv, { env, home }), host);
  } catch (error) {
    const style = { json: argv.includes("--json"), quiet: false, openclaw: false };
    return reportFailure(error, new Reporter(host, style), host.facts, { prompt: null });
  }
}
