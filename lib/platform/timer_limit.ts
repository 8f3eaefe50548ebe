/** Timers end at 2^31 milliseconds, 24.8 days: what is asked for beyond that would end at once. */

/** The longest time that a timer can be set to. */
export const MAX_TIMER_MS = 2 ** 31 - 1;

/** Seconds in milliseconds, as far as a timer reaches. */
export function timerMs(seconds: number): number {
  return Math.min(seconds * 1000, MAX_TIMER_MS);
}
