/** Runs a program to its end: an argument array, never a shell, no API key, bounded output. */
import { spawn } from "node:child_process";
import process from "node:process";
import { beforeLeaving } from "./exit.ts";
import type { RunOptions, RunResult } from "./host.ts";
import { isThere } from "./small_file.ts";

const DEFAULT_OUTPUT_BYTES = 1024 * 1024;
const running = new Set<{ kill(signal: "SIGKILL"): unknown }>();

// A child would outlive this process.
beforeLeaving(() => {
  for (const child of running) child.kill("SIGKILL");
});

/**
 * @throws an `Error` with `code` `ENOENT` when the program does not exist, or the system's code
 */
export function runProgram(
  program: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<RunResult> {
  if (options.bound && process.platform !== "win32" && isThere(SHELL)) {
    return start(SHELL, ["-c", WATCHED, "sh", program, ...args], options, true);
  }
  return start(program, args, options, false);
}

const SHELL = "/bin/sh";
// The shell is there to watch, not to read: program and arguments reach it as they are. Its input
// is a pipe that only this process holds, so that the end of the pipe is the end of this process.
const WATCHED = `
  exec 3<&0 </dev/null
  "$@" 3<&- &
  work=$!
  { read -r _ <&3; kill -KILL "$work"; } >/dev/null 2>&1 &
  watch=$!
  wait "$work"
  status=$?
  kill -KILL "$watch" 2>/dev/null
  exit "$status"
`;

/** @param watched the child is the shell above, and ends its program when its input ends */
function start(
  program: string,
  args: readonly string[],
  options: RunOptions,
  watched: boolean,
): Promise<RunResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...args], {
      stdio: [watched || options.stdin !== undefined ? "pipe" : "ignore", "pipe", "pipe"],
      windowsHide: true,
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
      env: childEnvironment(options.env),
    });
    running.add(child);
    const limit = options.maxOutputBytes ?? DEFAULT_OUTPUT_BYTES;
    const stdout = new Tail(limit, options.onStdoutLine);
    const stderr = new Tail(limit, options.onStderrLine);
    let timedOut = false;
    const kill = () => watched ? child.stdin?.destroy() : child.kill("SIGKILL");
    const timer = options.timeoutMs === undefined ? undefined : setTimeout(() => {
      timedOut = true;
      kill();
    }, options.timeoutMs);
    options.signal?.addEventListener("abort", kill, { once: true });
    if (options.signal?.aborted) kill();
    const finish = () => {
      running.delete(child);
      clearTimeout(timer);
      options.signal?.removeEventListener("abort", kill);
    };
    child.stdout?.on("data", (chunk: Uint8Array) => stdout.add(chunk));
    child.stderr?.on("data", (chunk: Uint8Array) => stderr.add(chunk));
    // A child that does not read its input must not end this process (EPIPE).
    child.stdin?.on("error", () => {});
    if (options.stdin !== undefined) child.stdin?.end(options.stdin);
    child.on("error", (error) => {
      finish();
      reject(error);
    });
    child.on("close", (code, signal) => {
      finish();
      // A shell tells the end by a signal as a number above 128.
      const byShell = watched && (code ?? 0) > 128 ? SIGNAL_NAMES[(code ?? 0) - 128] : undefined;
      resolve({
        code: byShell ? -1 : code ?? -1,
        signal: byShell ?? signal ?? null,
        timedOut,
        stdout: stdout.end(),
        stderr: new TextDecoder().decode(stderr.end()),
      });
    });
  });
}

/** Those that end programs of ours. */
const SIGNAL_NAMES: Readonly<Record<number, string>> = {
  9: "SIGKILL",
  11: "SIGSEGV",
  15: "SIGTERM",
};

/** Whatever is started has no business with the key of the account. */
function childEnvironment(added: RunOptions["env"]): Record<string, string | undefined> {
  const { SOGNI_API_KEY: _key, ...inherited } = { ...process.env, ...added };
  return inherited;
}

/** Keeps the last bytes of a stream and hands out its lines. */
class Tail {
  #chunks: Uint8Array[] = [];
  #size = 0;
  #line = "";
  #decoder = new TextDecoder();

  constructor(readonly limit: number, readonly onLine?: (line: string) => void) {}

  add(chunk: Uint8Array): void {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    while (this.#size - (this.#chunks[0]?.length ?? 0) >= this.limit) {
      this.#size -= this.#chunks.shift()?.length ?? 0;
    }
    if (!this.onLine) return;
    // ffmpeg ends its progress lines with a carriage return.
    const parts = (this.#line + this.#decoder.decode(chunk, { stream: true })).split(/\r\n|[\r\n]/);
    this.#line = parts.pop() ?? "";
    for (const part of parts) this.onLine(part);
  }

  end(): Uint8Array<ArrayBuffer> {
    if (this.#line !== "") this.onLine?.(this.#line);
    const all = new Uint8Array(this.#size);
    let at = 0;
    for (const chunk of this.#chunks) {
      all.set(chunk, at);
      at += chunk.length;
    }
    return all.length > this.limit ? all.slice(all.length - this.limit) : all;
  }
}
