/** Runs command lines inside this process and catches what they would have printed. */
import type { Invocation } from "../cli/invocation.ts";
import { parse } from "../cli/parse.ts";
import { reportFailure } from "../cli/report_failure.ts";
import { Reporter } from "../cli/reporter.ts";
import {
  type CommandOutcome,
  COMMON_ARGUMENTS,
  type Execute,
  type RunProgress,
} from "../mcp/outcome.ts";
import type { Host, InterruptName } from "../platform/host.ts";
import { execute } from "./execute.ts";

/** Lines of stderr that are kept. */
const MAX_STDERR_LINES = 200;

/** @param everywhere arguments that every command gets, such as `--sandbox` */
export function createExecutor(host: Host, everywhere: readonly string[]): Execute {
  return async (argv, { signal, onProgress }) => {
    const caught = catchOutput(host, onProgress);
    signal.addEventListener("abort", caught.interrupt, { once: true });
    if (signal.aborted) caught.interrupt();
    try {
      return caught.outcome(await runLine(argv, everywhere, caught.host));
    } finally {
      signal.removeEventListener("abort", caught.interrupt);
    }
  };
}

async function runLine(
  argv: readonly string[],
  everywhere: readonly string[],
  host: Host,
): Promise<number> {
  const { env, home } = host.facts;
  let invocation: Invocation;
  const soFar = { prompt: null };
  try {
    invocation = parse(withCommon(argv, everywhere), { env, home }, soFar);
  } catch (error) {
    const report = new Reporter(host, { json: true, quiet: true, openclaw: false });
    return reportFailure(error, report, host.facts, soFar);
  }
  return await execute(invocation, host);
}

/** A command's word stays in front. */
function withCommon(argv: readonly string[], everywhere: readonly string[]): string[] {
  const [first = ""] = argv;
  const word = /^[a-z]/.test(first) ? [first] : [];
  return [...word, ...COMMON_ARGUMENTS, ...everywhere, ...argv.slice(word.length)];
}

/** A host whose streams end here, and which can be interrupted by itself. */
function catchOutput(machine: Host, onProgress: ((progress: RunProgress) => void) | undefined) {
  let stdout = "";
  let pending = "";
  const lines: string[] = [];
  const handlers: ((name: InterruptName) => void)[] = [];
  let interrupted = false;
  const takeLine = (line: string) => {
    const progress = readProgress(line);
    if (progress) onProgress?.(progress);
    else if (line !== "" && lines.length < MAX_STDERR_LINES) lines.push(line);
  };
  const host: Host = {
    ...machine,
    write(stream, data) {
      const text = typeof data === "string" ? data : new TextDecoder().decode(data);
      if (stream === "stdout") {
        stdout += text;
        return;
      }
      const parts = (pending + text).split("\n");
      pending = parts.pop() ?? "";
      for (const part of parts) takeLine(part);
    },
    prompt: () => Promise.reject(Object.assign(new Error("no terminal"), { code: "ENOTTY" })),
    readStdin: () => Promise.resolve(new Uint8Array()),
    onInterrupt(handler) {
      handlers.push(handler);
      if (interrupted) handler("SIGINT");
    },
  };
  return {
    host,
    interrupt() {
      if (interrupted) return;
      interrupted = true;
      for (const handler of handlers) handler("SIGINT");
    },
    outcome(code: number): CommandOutcome {
      if (pending !== "") takeLine(pending);
      const object = readObject(stdout);
      return { code, stdout, stderr: lines.join("\n"), ...(object ? { object } : {}) };
    },
  };
}

function readProgress(line: string): RunProgress | undefined {
  if (!line.startsWith('{"event":"progress"')) return undefined;
  const { percent, etaSeconds, phase } = JSON.parse(line) as RunProgress;
  return { percent, etaSeconds, phase };
}

function readObject(stdout: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(stdout);
    return typeof value === "object" && value !== null
      ? value as Record<string, unknown>
      : undefined;
  } catch {
    return undefined;
  }
}
