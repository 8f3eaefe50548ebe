/** Finding a size that still fits the model after a picture was fitted into it. */
import type { SideRules, Size } from "./size.ts";
import { isAllowedSize } from "./size.ts";

/** A box to fit the picture into, and what comes out. */
export interface FittedBox {
  box: Size;
  result: Size;
  /** Both sides of the result are ones the model can make. */
  exact: boolean;
}

/**
 * The size of a picture fitted into a box: shape kept, the limiting side exactly that of the box,
 * the other rounded.
 */
export function fitInside(picture: Size, box: Size): Size {
  return box.width * picture.height <= box.height * picture.width
    ? {
      width: box.width,
      height: Math.max(1, Math.round(picture.height * box.width / picture.width)),
    }
    : {
      width: Math.max(1, Math.round(picture.width * box.height / picture.height)),
      height: box.height,
    };
}

/**
 * The best box whose fitted result the model can make, else the one whose result comes nearest;
 * `undefined` when every result has a side that is too short.
 *
 * A box is limited by one of its sides, and what comes out depends on that side alone. So for each
 * length of the limiting side only the free side nearest to the request can win, and it is enough
 * to look at two boxes for each length instead of at every pair.
 */
export function searchBox(picture: Size, requested: Size, rules: SideRules): FittedBox | undefined {
  const { minDimension: min, maxDimension: max, dimensionMultiple: multiple } = rules;
  const first = Math.ceil(min / multiple) * multiple;
  const last = Math.floor(max / multiple) * multiple;
  const score = scorer(requested, rules);
  let best: (FittedBox & { score: number }) | undefined;
  const consider = (box: Size) => {
    const result = fitInside(picture, box);
    if (result.width < min || result.height < min) return;
    const exact = isAllowedSize(result, rules);
    const candidate = { box, result, exact, score: score(box, result, exact) };
    if (best === undefined || isBetter(candidate, best)) best = candidate;
  };
  for (let side = first; side <= last; side += multiple) {
    const lowest = Math.ceil(picture.height * side / picture.width / multiple) * multiple;
    const narrowest = Math.ceil(picture.width * side / picture.height / multiple) * multiple;
    const height = nearest(requested.height, Math.max(lowest, first), last, multiple);
    const width = nearest(requested.width, Math.max(narrowest, first), last, multiple);
    if (height !== undefined) consider({ width: side, height });
    if (width !== undefined) consider({ width, height: side });
  }
  if (best === undefined) return undefined;
  return { box: best.box, result: best.result, exact: best.exact };
}

/**
 * The size to cut a picture to when no box will do: its own fitted size with both sides on the
 * multiple and in range.
 */
export function cutSize(fitted: Size, rules: SideRules): Size {
  const { minDimension: min, maxDimension: max, dimensionMultiple: multiple } = rules;
  const snap = (side: number) =>
    Math.min(
      Math.floor(max / multiple) * multiple,
      Math.max(Math.ceil(min / multiple) * multiple, Math.round(side / multiple) * multiple),
    );
  return { width: snap(fitted.width), height: snap(fitted.height) };
}

type Score = (box: Size, result: Size, exact: boolean) => number;

// The weights of the contract. An inexact result is judged by its distance from the grid first.
function scorer(requested: Size, rules: SideRules): Score {
  const { minDimension: min, maxDimension: max, dimensionMultiple: multiple } = rules;
  const wantedLong = Math.min(max, Math.max(min, requested.width, requested.height));
  const offGrid = (side: number) => {
    const rest = side % multiple;
    return Math.min(rest, multiple - rest);
  };
  return (box, result, exact) =>
    -1e9 * (Math.abs(box.width - requested.width) + Math.abs(box.height - requested.height)) -
    1e8 * Math.abs(Math.max(result.width, result.height) - wantedLong) +
    1e3 * (result.width * result.height) - box.width * box.height -
    (exact ? 0 : 1e10 * (offGrid(result.width) + offGrid(result.height)));
}

// Exact results first; of equal scores the one that a search by width, then height, meets first.
function isBetter(
  candidate: FittedBox & { score: number },
  best: FittedBox & { score: number },
): boolean {
  if (candidate.exact !== best.exact) return candidate.exact;
  if (candidate.score !== best.score) return candidate.score > best.score;
  if (candidate.box.width !== best.box.width) return candidate.box.width < best.box.width;
  return candidate.box.height < best.box.height;
}

function nearest(wanted: number, from: number, to: number, step: number): number | undefined {
  if (from > to) return undefined;
  const onGrid = Math.round(wanted / step) * step;
  return Math.min(to, Math.max(from, onGrid));
}
