/** The parts of a storyboard. Times are seconds. */

/** One beat of the film, one panel of the sheet. */
export interface Scene {
  readonly title: string;
  readonly start: number;
  readonly end: number;
  readonly purpose: string;
  readonly visual: string;
  readonly action: string;
  readonly camera: string;
  readonly lighting: string;
  readonly transition: string;
  /** Empty when nobody speaks. */
  readonly dialogue: string;
  readonly audio: string;
  readonly music: string;
  readonly visibleText: string;
}

/** Text fields of a scene, without title and times. */
export type SceneField = Exclude<keyof Scene, "title" | "start" | "end">;

/** A scene as it stands in a storyline; times may be missing. */
export type SceneDraft = Omit<Scene, "start" | "end"> & {
  readonly start?: number;
  readonly end?: number;
  /** Given instead of a range. */
  readonly length?: number;
};

/** A storyline that was read. */
export interface Storyline {
  readonly title?: string;
  readonly duration?: number;
  readonly scenes: readonly SceneDraft[];
}

/** Width and height in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A ratio in lowest terms. */
export type Ratio = readonly [width: number, height: number];

/** How the panels lie on the sheet. */
export interface SheetLayout extends Size {
  readonly columns: number;
  readonly rows: number;
  /** Ratio of one panel. */
  readonly cell: Ratio;
  /** Ratio of the sheet. */
  readonly board: Ratio;
}

/** A complete storyboard. */
export interface Storyboard {
  readonly title: string;
  readonly scenes: readonly Scene[];
  readonly duration: number;
  readonly sheet: SheetLayout;
  readonly video: Size;
  /** Ratio of the film. */
  readonly aspect: Ratio;
  readonly warnings: readonly string[];
}
