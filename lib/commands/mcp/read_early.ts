/** Opens standard input before anybody is there to hear its lines. */
import type { Host } from "../../platform/host.ts";

/** A message holds at most a piece of an attachment: base64 of 2 MiB. */
const MAX_LINE_BYTES = 16 * 1024 * 1024;

/**
 * Begins to read at once and keeps the lines.
 *
 * @returns what hands them over, and all that follow; it resolves at the end of the input
 */
export function readEarly(
  host: Pick<Host, "readLines">,
): (onLine: (line: string) => void) => Promise<void> {
  const kept: string[] = [];
  let listener: (line: string) => void = (line) => kept.push(line);
  const reading = host.readLines({
    maxLineBytes: MAX_LINE_BYTES,
    onLine: (line) => listener(line),
  });
  // Heard of again by whoever asks for the lines.
  reading.catch(() => {});
  return (onLine) => {
    for (const line of kept.splice(0)) onLine(line);
    listener = onLine;
    return reading;
  };
}
