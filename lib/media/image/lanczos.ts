/** Weights of the Lanczos filter for one direction. */

/** Which source samples make each target sample. */
export interface Taps {
  /** Samples for each target; short windows are filled with weight 0. */
  readonly count: number;
  /** First source sample of each target. */
  readonly start: Int32Array;
  /** `count` weights for each target, with sum 1. */
  readonly weights: Float32Array;
}

const LOBES = 3;

/**
 * Weights that bring a part of a line to a new length.
 *
 * @param length samples in the source line
 * @param offset where the part begins; may lie between samples
 * @param span length of the part, at least a little above 0
 * @param target samples in the result
 */
export function lanczosTaps(length: number, offset: number, span: number, target: number): Taps {
  const step = span / target;
  // When shrinking, the filter is stretched so that every source sample counts.
  const stretch = Math.max(1, step);
  const reach = LOBES * stretch;
  const count = Math.min(length, Math.ceil(reach * 2) + 1);
  const start = new Int32Array(target);
  const weights = new Float32Array(target * count);
  for (let i = 0; i < target; i++) {
    const centre = offset + (i + 0.5) * step - 0.5;
    const first = Math.min(Math.max(0, Math.ceil(centre - reach)), length - count);
    start[i] = first;
    let sum = 0;
    for (let tap = 0; tap < count; tap++) {
      const weight = lanczos((first + tap - centre) / stretch);
      weights[i * count + tap] = weight;
      sum += weight;
    }
    for (let tap = i * count; tap < (i + 1) * count; tap++) {
      weights[tap] = (weights[tap] as number) / sum;
    }
  }
  return { count, start, weights };
}

function lanczos(x: number): number {
  if (x === 0) return 1;
  if (x <= -LOBES || x >= LOBES) return 0;
  const angle = Math.PI * x;
  return LOBES * Math.sin(angle) * Math.sin(angle / LOBES) / (angle * angle);
}
