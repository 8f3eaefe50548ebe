/** How many panels a storyboard has when nobody says. */
import { STORYBOARD } from "../../catalog/storyboard.ts";

/** What is known. */
export interface FrameCountFacts {
  /** Scenes found in the storyline; 0 when it has none. */
  readonly scenes: number;
  /** Seconds, when they were named. */
  readonly duration?: number;
  /** The request. */
  readonly text: string;
}

/** The number of panels, between 6 and 16. */
export function defaultFrameCount({ scenes, duration, text }: FrameCountFacts): number {
  const base = scenes > 0
    ? scenes
    : duration !== undefined
    ? Math.ceil(duration / 2)
    : byWords(text);
  const { min, max } = STORYBOARD.defaultFrames;
  return Math.min(max, Math.max(min, base));
}

function byWords(text: string): number {
  const words = text.split(/\s+/).filter((word) => word !== "").length;
  const [, base = 9] = [[28, 4], [70, 5], [130, 7]].find(([most = 0]) => words <= most) ?? [];
  return base + (words > 180 ? 1 : 0) + complexity(text);
}

/** 0 for one simple thing, 1 or 2 for several events, places or voices. */
function complexity(text: string): number {
  const cues = text.match(
    /\b(?:then|after(?:wards)?|meanwhile|suddenly|next|finally|cut(?:s)? to|montage|transition|dialogue|says?|flashback|before|while)\b|["“][^"”]+["”]/gi,
  )?.length ?? 0;
  if (cues >= 5) return 2;
  return cues >= 2 ? 1 : 0;
}
