/** Downloads that go wrong because a fault script says so. */
import type { Clock } from "../clock.ts";
import type { FaultBook, Occasion } from "../faults/fault_book.ts";
import { storageFailure } from "../http/reply.ts";
import type { Reply } from "../http/route.ts";

const DEFAULT_PAUSE = 50;

/** @returns the answer as it would be, or what the fault makes of it */
export function spoilDownload(
  faults: FaultBook,
  clock: Clock,
  at: Occasion,
  whole: Reply,
  signal: AbortSignal,
): Reply {
  const status = faults.strike("downloadStatus", at);
  if (status) return storageFailure(status.status ?? 503, "SlowDown", "The download failed.");
  const wrong = faults.strike("wrongType", at);
  if (wrong) {
    return {
      status: 200,
      headers: { "content-type": wrong.contentType ?? "text/html" },
      body: wrong.body ?? "<!doctype html><title>Sign in</title>",
    };
  }
  const { body } = whole;
  if (!(body instanceof Uint8Array)) return whole;
  const truncated = faults.strike("truncateDownload", at);
  if (truncated) {
    const kept = Math.floor(body.byteLength * (truncated.keep ?? 0.5));
    return { ...whole, body: body.subarray(0, kept), breakOff: true };
  }
  const slow = faults.strike("slowDownload", at);
  if (!slow) return whole;
  const pieces = Math.max(1, slow.pieces ?? 4);
  return { ...whole, body: drip(body, pieces, slow.milliseconds ?? DEFAULT_PAUSE, clock, signal) };
}

async function* drip(
  body: Uint8Array,
  pieces: number,
  pause: number,
  clock: Clock,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const length = Math.ceil(body.byteLength / pieces);
  for (let start = 0; start < body.byteLength; start += length) {
    await clock.sleep(pause, signal);
    yield body.subarray(start, start + length);
  }
}
