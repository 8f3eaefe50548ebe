/** Runs ffmpeg: safe common arguments, output under a temporary name, progress, a clear ending. */
import { dirname } from "node:path";
import { AppError } from "../../errors/app_error.ts";
import type { Host } from "../../platform/host.ts";
import { childEnvironment } from "./child_environment.ts";
import { diskTrouble } from "./disk_trouble.ts";
import { findFfmpeg } from "./find.ts";
import { fileName } from "./input_arguments.ts";
import { progressOf } from "./progress.ts";

/** Arguments of every run: asks nothing, reads no terminal, tells its progress on stdout. */
export const COMMON_ARGUMENTS: readonly string[] = [
  "-nostdin",
  "-hide_banner",
  "-loglevel",
  "warning",
  "-nostats",
  "-progress",
  "pipe:1",
  "-y",
];

/** The end of a file did not fit; some versions complain and exit with 0 all the same. */
const UNNOTICED = /: No space left on device\.?$/m;

/** Follows and ends a run. */
export interface FfmpegOptions {
  /** Length of what is written; without it no progress is told. */
  durationSeconds?: number;
  /** Called with 0 to 1. */
  onProgress?: (fraction: number) => void;
  /** Kills ffmpeg and removes what it wrote. */
  signal?: AbortSignal;
}

/** How a run ended. */
export interface FfmpegEnd {
  /** True when ffmpeg exited with 0 and the output holds data. */
  readonly ok: boolean;
  /** Exit code; -1 when a signal ended it. */
  readonly status: number;
  readonly stderr: string;
  /** What went wrong, as the end of a sentence; empty when `ok`. */
  readonly reason: string;
}

/**
 * Writes one file. It appears under its name only when it is complete; on failure a file that was
 * there before is untouched and nothing else is left.
 *
 * @param args inputs and output options: all but the common arguments and the output's name
 * @param purpose what needs ffmpeg, for `MISSING_FFMPEG`
 * @throws AppError `MISSING_FFMPEG`, `INVALID_FFMPEG`, `USER_CANCELLED`
 */
export async function runFfmpeg(
  host: Host,
  purpose: string,
  args: readonly string[],
  output: string,
  options: FfmpegOptions = {},
): Promise<FfmpegEnd> {
  const program = await findFfmpeg(host, purpose);
  const folder = dirname(output);
  if ((await host.files.stat(folder))?.kind !== "directory") {
    return failed(-1, "", `the folder ${JSON.stringify(folder)} does not exist`);
  }
  if ((await host.files.stat(output))?.kind === "directory") {
    return failed(-1, "", `${JSON.stringify(output)} is a folder`);
  }
  const temporary = await host.files.temporary(output);
  try {
    const { onProgress, durationSeconds = 0, signal } = options;
    const result = await host.run(program, [...COMMON_ARGUMENTS, ...args, fileName(temporary)], {
      env: childEnvironment(),
      bound: true,
      ...(signal ? { signal } : {}),
      ...(onProgress
        ? {
          onStdoutLine: (line) => {
            const fraction = progressOf(line, durationSeconds);
            if (fraction !== undefined) onProgress(fraction);
          },
        }
        : {}),
    });
    throwIfCancelled(signal);
    if (result.code !== 0 || UNNOTICED.test(result.stderr)) {
      return failed(result.code, result.stderr, reasonOf(result.stderr, result.code));
    }
    const written = await host.files.stat(temporary);
    if (!written || written.size === 0) {
      return failed(0, result.stderr, "ffmpeg wrote nothing");
    }
    await host.files.rename(temporary, output);
    return { ok: true, status: 0, stderr: result.stderr, reason: "" };
  } finally {
    await host.files.remove(temporary);
  }
}

/** @throws the signal's reason when that is an AppError, else AppError `USER_CANCELLED` */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (!signal?.aborted) return;
  if (signal.reason instanceof AppError) throw signal.reason;
  throw new AppError("USER_CANCELLED", "Interrupted; nothing was written.");
}

function failed(status: number, stderr: string, reason: string): FfmpegEnd {
  return { ok: false, status, stderr, reason };
}

/**
 * The last line that ffmpeg wrote is the one that says why it stopped, unless it is advice or
 * counts. A full disk is told wherever it stands, since other complaints follow from it.
 */
function reasonOf(stderr: string, code: number): string {
  const trouble = diskTrouble(stderr);
  if (trouble) return trouble.meaning;
  const last = stderr.split(/\r?\n/).map((line) => line.trim())
    .findLast((line) => line !== "" && !/^(To ignore this|Last message repeated)/.test(line));
  return last
    ? `ffmpeg said: ${last.slice(0, 300).replace(/\.+$/, "")}`
    : `ffmpeg ended with code ${code}`;
}
