/** How long to wait before a repetition. */

/** Longest pause that a server may ask for, in milliseconds. */
export const MAX_PAUSE_MS = 30_000;

/** A delay spread by a quarter to both sides, so that many clients do not come back at once. */
export function withJitter(delayMs: number, random: () => number): number {
  return Math.round(delayMs * (0.75 + random() / 2));
}

/**
 * Seconds that a `Retry-After` header asks for: a number or an HTTP date.
 *
 * @param now epoch milliseconds
 */
export function retryAfterSeconds(header: string | null, now: number): number | undefined {
  if (header === null || header.trim() === "") return undefined;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds);
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - now) / 1000));
}
