/**
 * Runs sogni-agent as its users do: as a process, with a home folder of its own.
 *
 * `SOGNI_AGENT_UNDER_TEST` holds the command as a JSON array (`["dist/sogni-agent"]`, or
 * `["node","dist/npm/bin/sogni-agent.mjs"]`); without it the sources run under this Deno.
 */
import { type ChildProcess, spawn } from "node:child_process";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

/** The project's folder. */
export const ROOT: string = path.dirname(
  path.dirname(path.dirname(fileURLToPath(import.meta.url))),
);

/** The command under test, without arguments. */
export function agentCommand(): string[] {
  const given = process.env.SOGNI_AGENT_UNDER_TEST;
  if (given) {
    const [program = "", ...rest] = JSON.parse(given) as string[];
    const local = (part: string) => /[/\\]/.test(part) ? path.resolve(ROOT, part) : part;
    return [local(program), ...rest.map(local)];
  }
  return [process.execPath, "run", "-P=cli", "--no-prompt", "--quiet", path.join(ROOT, "main.ts")];
}

/** What is under test: the sources, the compiled executable, or the package under Node. */
export function agentKind(): "sources" | "executable" | "node" {
  if (!process.env.SOGNI_AGENT_UNDER_TEST) return "sources";
  return agentCommand().length === 1 ? "executable" : "node";
}

/** How a run ended. */
export interface AgentRun {
  code: number | null;
  signal: string | null;
  stdout: string;
  stderr: string;
  milliseconds: number;
}

/** How a run is started. */
export interface AgentOptions {
  cwd: string;
  home: string;
  env?: Record<string, string>;
  stdin?: string;
  /** Killed after this; default 60 s. */
  timeoutMs?: number;
  /** Called when the process is up, e.g. to send a signal later. */
  onStart?: (child: ChildProcess) => void;
  onStderr?: (text: string, child: ChildProcess) => void;
  /** A program that starts the agent, e.g. with fewer rights: `[program, ...arguments]`. */
  wrapper?: readonly string[];
}

/** Starts the agent; `PATH` and a home folder are all it gets, unless more is given. */
export function runAgent(args: readonly string[], options: AgentOptions): Promise<AgentRun> {
  const [program = "", ...before] = [...options.wrapper ?? [], ...agentCommand()];
  const startedAt = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...before, ...args], {
      cwd: options.cwd,
      // A check in the background would write into a home that the test has removed.
      env: { ...runtimeEnv(), SOGNI_NO_UPDATE_CHECK: "1", HOME: options.home, ...options.env },
      stdio: ["pipe", "pipe", "pipe"],
    });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => stdout += text);
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
      options.onStderr?.(stderr, child);
    });
    child.stdin.on("error", () => {});
    child.stdin.end(options.stdin ?? "");
    const timer = setTimeout(() => child.kill("SIGKILL"), options.timeoutMs ?? 60_000);
    child.on("error", reject);
    child.on("close", (code, signal) => {
      clearTimeout(timer);
      resolve({ code, signal, stdout, stderr, milliseconds: performance.now() - startedAt });
    });
    options.onStart?.(child);
  });
}

/**
 * Sends a signal to a running agent. `child.kill` is not used, because Deno then reports the signal
 * as the end of the process, whatever its exit code was.
 */
export function signalAgent(child: ChildProcess, name: "SIGINT" | "SIGTERM" | "SIGHUP"): void {
  if (child.pid !== undefined) process.kill(child.pid, name);
}

/** What a runtime needs to start, and no setting of ours that could come from outside. */
function runtimeEnv(): Record<string, string> {
  const names = [
    "PATH",
    "DENO_DIR",
    "DENO_NO_UPDATE_CHECK",
    "DENO_TLS_CA_STORE",
    "TMPDIR",
    "SystemRoot",
    "LANG",
  ];
  const inherited = names.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value]];
  });
  // The daily look for updates would leave this machine.
  return { ...Object.fromEntries(inherited), SOGNI_NO_UPDATE_CHECK: "1" };
}

/** A folder for one test: a home and a working folder, removed afterwards. */
export interface Place {
  home: string;
  cwd: string;
  /** Runs the agent here. */
  run(args: readonly string[], options?: Partial<AgentOptions>): Promise<AgentRun>;
  /** Runs it with `--json` and gives the one object that it printed. */
  json(
    args: readonly string[],
    options?: Partial<AgentOptions>,
  ): Promise<AgentRun & { object: Record<string, unknown> }>;
  /** A path in the working folder. */
  path(...parts: string[]): string;
}

/** Gives `body` a fresh place. */
export async function inPlace(body: (place: Place) => Promise<void>): Promise<void> {
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), "sogni-test-"));
  const home = path.join(folder, "home");
  const cwd = path.join(folder, "work");
  await fs.mkdir(home);
  await fs.mkdir(cwd);
  const run = (args: readonly string[], options: Partial<AgentOptions> = {}) =>
    runAgent(args, { cwd, home, ...options });
  try {
    await body({
      home,
      cwd,
      run,
      async json(args, options) {
        const result = await run([...args, "--json"], options);
        return { ...result, object: onlyObject(result) };
      },
      path: (...parts) => path.join(cwd, ...parts),
    });
  } finally {
    await fs.rm(folder, { recursive: true, force: true });
  }
}

/** The one JSON object on stdout; anything else there is a failure. */
export function onlyObject({ stdout, stderr, code }: AgentRun): Record<string, unknown> {
  const lines = stdout.split("\n").filter((line) => line !== "");
  if (lines.length !== 1) {
    throw new Error(
      `expected one line on stdout, got ${lines.length} (exit ${code}):\n${stdout}\n${stderr}`,
    );
  }
  return JSON.parse(lines[0] ?? "") as Record<string, unknown>;
}
