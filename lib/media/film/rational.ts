/** Frame rates as exact fractions. */

/** A positive fraction in lowest terms. */
export interface Rational {
  readonly num: number;
  readonly den: number;
}

/** The fraction in lowest terms; `undefined` unless both are positive whole numbers. */
export function rational(num: number, den: number): Rational | undefined {
  if (!Number.isSafeInteger(num) || !Number.isSafeInteger(den) || num <= 0 || den <= 0) {
    return undefined;
  }
  const divisor = greatestCommonDivisor(num, den);
  return { num: num / divisor, den: den / divisor };
}

/** Reads `30000/1001` or `25`; `0/0` and anything else is `undefined`. */
export function parseRational(text: string): Rational | undefined {
  const match = /^(\d+)(?:\/(\d+))?$/.exec(text);
  return match ? rational(Number(match[1]), Number(match[2] ?? 1)) : undefined;
}

/** The fraction that a decimal rate stands for: 25, 29.97 (30000/1001), 12.5. */
export function toRational(rate: number): Rational {
  const broadcast = Math.round(rate * 1.001);
  if (!Number.isInteger(rate) && Math.abs(broadcast / 1.001 - rate) < 0.005) {
    return { num: broadcast * 1000, den: 1001 };
  }
  return rational(Math.max(1, Math.round(rate * 1000)), 1000) ?? { num: 24, den: 1 };
}

/** True when both are the same number. */
export function sameRational(a: Rational, b: Rational): boolean {
  return a.num === b.num && a.den === b.den;
}

/** As ffmpeg takes it: `25` or `30000/1001`. */
export function rationalText(value: Rational): string {
  return value.den === 1 ? String(value.num) : `${value.num}/${value.den}`;
}

/** For people: `29.97`. */
export function rationalNumber(value: Rational): number {
  return Math.round(value.num / value.den * 1000) / 1000;
}

/** Least common multiple of whole numbers. */
export function leastCommonMultiple(a: number, b: number): number {
  return a / greatestCommonDivisor(a, b) * b;
}

function greatestCommonDivisor(a: number, b: number): number {
  while (b !== 0) [a, b] = [b, a % b];
  return a;
}
