/** Peak memory of a process, where the system tells it (Linux). */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import process from "node:process";

/** Whether the system tells a process's peak memory. */
export function tellsPeakMemory(): boolean {
  // Deno lets only processes with every right read below /proc, so that a shell looks there.
  return process.platform === "linux" &&
    spawnSync("grep", ["-q", "VmHWM", "/proc/self/status"]).status === 0;
}

/**
 * Watches a process from its start.
 *
 * @returns asks for the peak in MiB once the process has ended
 */
export function watchPeakMemory({ pid }: ChildProcess): () => number {
  const look = `while grep VmHWM /proc/${pid}/status 2>/dev/null; do sleep 0.03; done`;
  const watcher = spawn("sh", ["-c", look], { stdio: ["ignore", "pipe", "ignore"] });
  let peak = 0;
  watcher.stdout.setEncoding("utf8").on("data", (text: string) => {
    // The mark never falls, so that a look now and then misses little.
    for (const [, kib] of text.matchAll(/(\d+) kB/g)) peak = Math.max(peak, Number(kib) / 1024);
  });
  return () => peak;
}
