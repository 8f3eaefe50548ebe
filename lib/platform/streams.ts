/** Writes to the standard streams at once, so that nothing is lost when the process ends. */
import { writeSync } from "node:fs";

const closed = new Set<number>();

/**
 * Writes all of `data`; a reader that went away (EPIPE) silences the stream for good, a pipe that
 * is full is waited for.
 */
export function writeStream(stream: "stdout" | "stderr", data: string | Uint8Array): void {
  const fd = stream === "stdout" ? 1 : 2;
  if (closed.has(fd)) return;
  const bytes = typeof data === "string" ? new TextEncoder().encode(data) : data;
  let at = 0;
  while (at < bytes.length) {
    try {
      at += writeSync(fd, bytes.subarray(at));
    } catch (error) {
      if (!isWouldBlock(error)) {
        closed.add(fd);
        return;
      }
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2);
    }
  }
}

function isWouldBlock(error: unknown): boolean {
  const code = (error as { code?: string }).code;
  return code === "EAGAIN" || (error instanceof Error && error.name === "WouldBlock");
}
