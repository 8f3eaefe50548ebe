/** Times of the scenes. */
import type { Scene, SceneDraft } from "./types.ts";

/**
 * Gives every scene its range: as written; else one after the other by the lengths written; else
 * the film's length in equal parts.
 */
export function timeScenes(drafts: readonly SceneDraft[], duration: number): Scene[] {
  if (drafts.every(({ start, end }) => start !== undefined && end !== undefined)) {
    return drafts.map((draft) => withRange(draft, draft.start ?? 0, draft.end ?? 0));
  }
  const lengths = drafts.every(({ length }) => length !== undefined)
    ? drafts.map(({ length }) => length ?? 0)
    : drafts.map(() => duration / drafts.length);
  let at = 0;
  return drafts.map((draft, index) => {
    const start = at;
    at = cents(at + (lengths[index] ?? 0));
    return withRange(
      draft,
      start,
      index === drafts.length - 1 && draft.length === undefined ? duration : at,
    );
  });
}

/** `0.0-2.5s` */
export function rangeText({ start, end }: Pick<Scene, "start" | "end">): string {
  return `${start.toFixed(1)}-${end.toFixed(1)}s`;
}

/** Rounded to hundredths, so that sums of parts do not drift. */
export function cents(value: number): number {
  return Math.round(value * 100) / 100;
}

function withRange({ length: _length, ...scene }: SceneDraft, start: number, end: number): Scene {
  return { ...scene, start, end };
}
