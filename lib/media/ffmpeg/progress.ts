/** Reads the lines of ffmpeg's `-progress` output. */

/**
 * How much of the work is done, 0 to 1; `undefined` for lines that do not tell.
 *
 * @param line `out_time_us=1500000`
 * @param durationSeconds length of what is written
 */
export function progressOf(line: string, durationSeconds: number): number | undefined {
  if (line === "progress=end") return 1;
  // `out_time_ms` holds microseconds too, in every version: an old mistake that was kept.
  const microseconds = /^out_time_(?:us|ms)=(\d+)$/.exec(line)?.[1];
  if (microseconds === undefined || !(durationSeconds > 0)) return undefined;
  return Math.min(1, Number(microseconds) / 1e6 / durationSeconds);
}
