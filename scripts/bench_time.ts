/** Times one run of a program, and what goes with it. */
import { spawn } from "node:child_process";
import * as fs from "node:fs/promises";
import process from "node:process";

/** One finished run. */
export interface Run {
  milliseconds: number;
  /** Peak resident memory, MiB; 0 where the system does not tell. */
  peakMiB: number;
}

/**
 * Runs a program in `home` to its end.
 *
 * @param options.line one line for its input; the time then ends with the first line that it answers
 * @param withMemory looks at the memory meanwhile, which costs time
 */
export function time(
  program: string,
  args: readonly string[],
  home: string,
  { line }: { line?: string } = {},
  withMemory = false,
): Promise<Run> {
  return new Promise((resolve, reject) => {
    const startedAt = performance.now();
    const child = spawn(program, args, {
      cwd: home,
      env: { HOME: home, PATH: process.env.PATH ?? "", SOGNI_NO_UPDATE_CHECK: "1" },
      stdio: line === undefined ? "ignore" : ["pipe", "pipe", "ignore"],
    });
    let peakMiB = 0;
    const look = async () => {
      const status = await fs.readFile(`/proc/${child.pid}/status`, "utf8").catch(() => "");
      const kib = Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0);
      peakMiB = Math.max(peakMiB, kib / 1024);
    };
    const timer = withMemory ? setInterval(look, 2) : undefined;
    let answeredAt: number | undefined;
    child.stdout?.on("data", (data: Uint8Array) => {
      if (answeredAt !== undefined || !data.includes(0x0a)) return;
      answeredAt = performance.now();
      child.stdin?.end();
    });
    if (line !== undefined) child.stdin?.write(`${line}\n`);
    child.on("error", reject);
    child.on("exit", () => {
      clearInterval(timer);
      resolve({ milliseconds: (answeredAt ?? performance.now()) - startedAt, peakMiB });
    });
  });
}

/** The middle one of some numbers. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/** Writes a line to standard output. */
export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
