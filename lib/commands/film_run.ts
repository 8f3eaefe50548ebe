/** What the local film commands share: progress on the terminal, and an end when interrupted. */
import { ffmpegProgram, ffprobeProgram } from "../media/ffmpeg/find.ts";
import type { CommandContext } from "./context.ts";
import { interrupted } from "./execute.ts";
import { createPrinter } from "./printer.ts";

/** Follows and ends one piece of local work. */
export interface FilmRun {
  readonly signal: AbortSignal;
  onProgress(fraction: number): void;
  /** Takes the bar away. */
  clear(): void;
}

/**
 * @param label what is being made, for the bar
 * @throws AppError `INVALID_PATH` for a program that cannot be one, even where it is not needed
 */
export function startFilmRun(context: CommandContext, label: string): FilmRun {
  ffmpegProgram(context.host);
  ffprobeProgram(context.host);
  const controller = new AbortController();
  context.onInterrupt((name) =>
    controller.abort(interrupted(name, "Interrupted; no output was written."))
  );
  const printer = createPrinter(context);
  const startedAt = Date.now();
  return {
    signal: controller.signal,
    clear: () => printer.clear(),
    onProgress(fraction) {
      const elapsedSeconds = (Date.now() - startedAt) / 1000;
      printer.show({
        label,
        fraction,
        completed: fraction >= 1 ? 1 : 0,
        total: 1,
        elapsedSeconds,
        ...(fraction > 0.02 ? { etaSeconds: elapsedSeconds * (1 / fraction - 1) } : {}),
      });
    },
  };
}
