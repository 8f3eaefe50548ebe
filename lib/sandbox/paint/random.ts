/** Chance that is the same everywhere: a hash of text and the numbers that follow from it. */

/** A source of numbers from 0 (included) to 1 (excluded). */
export type Random = () => number;

/** The same numbers for the same text, on every machine. */
export function randomFrom(text: string): Random {
  let state = hashText(text);
  return () => {
    // Mulberry32: one word of state, good enough for pictures.
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ state >>> 15, 1 | state);
    mixed = (mixed + Math.imul(mixed ^ mixed >>> 7, 61 | mixed)) ^ mixed;
    return ((mixed ^ mixed >>> 14) >>> 0) / 0x100000000;
  };
}

/** FNV-1a over the text's UTF-16 units, 32 bits. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  return hash >>> 0;
}

/** A number from `low` to `high`. */
export function between(random: Random, low: number, high: number): number {
  return low + (high - low) * random();
}

/** One of the items; the list must not be empty. */
export function pick<T>(random: Random, items: readonly T[]): T {
  return items[Math.floor(random() * items.length)] as T;
}

/** A smooth curve through random heights, for silhouettes: value from -1 to 1 at every x. */
export function smoothNoise(random: Random): (x: number) => number {
  const heights = Array.from({ length: 64 }, () => random() * 2 - 1);
  return (x) => {
    const cell = Math.floor(x);
    const t = x - cell;
    const from = heights[cell & 63] as number, to = heights[cell + 1 & 63] as number;
    return from + (to - from) * t * t * (3 - 2 * t);
  };
}
