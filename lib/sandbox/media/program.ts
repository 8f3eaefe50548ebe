/** What the sandbox's films and sounds are made with. */
import type { RunOptions, RunResult } from "../../platform/host.ts";

/** Runs a program to its end, as `Host.run` does. */
export type RunProgram = (
  program: string,
  args: readonly string[],
  options?: RunOptions,
) => Promise<RunResult>;

const QUIET = ["-nostdin", "-hide_banner", "-loglevel", "error"];
const MAX_OUTPUT_BYTES = 512 * 1024 * 1024;
const TIMEOUT_MS = 10 * 60_000;

/**
 * Runs ffmpeg with bytes in and bytes out: the sandbox touches no file.
 *
 * @param program `FFMPEG_PATH`, or `ffmpeg`
 * @param args all arguments from the input to the output format; the output is added
 * @throws Error with ffmpeg's last words
 */
export async function runThroughPipe(
  run: RunProgram,
  program: string,
  args: readonly string[],
  stdin: Uint8Array,
): Promise<Uint8Array<ArrayBuffer>> {
  const result = await run(program, [...QUIET, ...args, "pipe:1"], {
    stdin,
    maxOutputBytes: MAX_OUTPUT_BYTES,
    timeoutMs: TIMEOUT_MS,
  });
  if (result.code === 0 && result.stdout.length > 0) return result.stdout;
  throw new Error(`ffmpeg failed in the sandbox: ${result.stderr.trim().slice(-300)}`);
}
