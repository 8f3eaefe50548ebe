/** Defaults of the storyboard film: one sheet of numbered panels, one clip made after it. */

/** Models and limits of the preset. */
export const STORYBOARD = {
  imageModel: "gpt-image-2",
  videoModel: "seedance2",
  /** Quality of the sheet by quality preset; the highest without one. */
  quality: { fast: "low", hq: "medium", pro: "high" },
  defaultQuality: "high",
  outputFormat: "png",
  fps: 24,
  /** Short side of the clip in pixels. */
  shortSide: 720,
  /** Seconds. */
  duration: { min: 4, max: 15, default: 5 },
  frames: { min: 1, max: 24 },
  /** Range of a number of frames that nobody asked for. */
  defaultFrames: { min: 6, max: 16 },
} as const;

/** Models that the second step can use; other selectors name the sheet's model. */
export function isStoryboardVideoModel(selector: string): boolean {
  return /seedance/i.test(selector);
}
