/** Camera positions of multi-angle, with the words that the LoRA was trained on. */

/** One position: its key on the command line and its phrase in the prompt. */
export interface AnglePhrase {
  readonly key: string;
  readonly phrase: string;
  /** Other accepted spellings, after `_` became `-`. */
  readonly variants?: readonly string[];
}

/** The three parts of a camera position. */
export type AngleField = "azimuth" | "elevation" | "distance";

const corner = (key: string): AnglePhrase => ({
  key,
  phrase: `${key} quarter view`,
  variants: [`${key} quarter`, `${key}-quarter`],
});

/** All positions; azimuths in the order of a full turn. */
export const ANGLES: Readonly<Record<AngleField, readonly AnglePhrase[]>> = {
  azimuth: [
    { key: "front", phrase: "front view" },
    corner("front-right"),
    { key: "right", phrase: "right side view" },
    corner("back-right"),
    { key: "back", phrase: "back view" },
    corner("back-left"),
    { key: "left", phrase: "left side view" },
    corner("front-left"),
  ],
  elevation: [
    { key: "low-angle", phrase: "low-angle shot", variants: ["low angle"] },
    { key: "eye-level", phrase: "eye-level shot", variants: ["eye level"] },
    { key: "elevated", phrase: "elevated shot" },
    { key: "high-angle", phrase: "high-angle shot", variants: ["high angle"] },
  ],
  distance: [
    { key: "close-up", phrase: "close-up", variants: ["close up"] },
    { key: "medium", phrase: "medium shot", variants: ["medium shot", "medium-shot"] },
    { key: "wide", phrase: "wide shot", variants: ["wide shot", "wide-shot"] },
  ],
};

/** The position that holds when none is given. */
export const DEFAULT_ANGLE: Readonly<Record<AngleField, string>> = {
  azimuth: "front",
  elevation: "eye-level",
  distance: "medium",
};

/** The position of a key or variant, in any case and with `_` for `-`. */
export function findAngle(field: AngleField, text: string): AnglePhrase | undefined {
  const wanted = text.trim().toLowerCase().replaceAll("_", "-");
  return ANGLES[field].find(({ key, variants }) => key === wanted || variants?.includes(wanted));
}

/** The keys of a part, for messages. */
export function angleKeys(field: AngleField): string[] {
  return ANGLES[field].map(({ key }) => key);
}
