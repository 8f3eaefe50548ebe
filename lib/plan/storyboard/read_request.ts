/** What a request for a storyboard film says in words: length, frames, ratio, canvas, lettering. */
import { reduced } from "./geometry.ts";
import type { Ratio, Size } from "./types.ts";

/** Seconds named in a text: `12 seconds`, `12s`, `12-second`. */
export function namedSeconds(text: string): number | undefined {
  const found = /\b(\d{1,3}(?:\.\d+)?)\s*-?\s*(?:s|secs?|seconds?)\b/i.exec(text);
  return found ? Number(found[1]) : undefined;
}

/** Number of frames named in a text: `6 scenes`, `eight-panel`. */
export function namedFrames(text: string): number | undefined {
  const found = new RegExp(
    `\\b(\\d{1,2}|${Object.keys(NUMBERS).join("|")})[\\s-]+(?:[a-z]+[\\s-]+){0,2}?` +
      `(?:scenes?|frames?|panels?|shots?|beats?|cells?)\\b`,
    "i",
  ).exec(text);
  const word = found?.[1]?.toLowerCase();
  return word === undefined ? undefined : NUMBERS[word] ?? Number(word);
}

/** Ratio of the film that a text asks for; landscape unless it says otherwise. */
export function namedAspect(text: string): Ratio {
  for (const match of text.matchAll(/\b(\d{1,2}):(\d{1,2})\b/g)) {
    const ratio = reduced(Number(match[1]), Number(match[2]));
    const around = text.slice(Math.max(0, match.index - 40), match.index + match[0].length + 40);
    const known = RATIOS.some(([w, h]) => ratio[0] === w && ratio[1] === h);
    if (known && VIDEO_WORD.test(around)) return ratio;
  }
  return PORTRAIT.test(text) ? [9, 16] : [16, 9];
}

/** Size of the sheet when the text names one: `a 2048x2048 board`. */
export function namedCanvas(text: string): Size | undefined {
  for (const match of text.matchAll(/\b(\d{3,4})\s*[x×]\s*(\d{3,4})\b/gi)) {
    const around = text.slice(Math.max(0, match.index - 30), match.index + match[0].length + 30);
    if (SHEET_WORD.test(around)) return { width: Number(match[1]), height: Number(match[2]) };
  }
  return undefined;
}

/** Lettering that must be readable in the film: quoted after a word for it. */
export function requiredTexts(text: string): string[] {
  return [...text.matchAll(LETTERING)].flatMap((match) => match[1] ?? match[2] ?? []);
}

const NUMBERS: Readonly<Record<string, number>> = {
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
};

const RATIOS: readonly Ratio[] = [
  [1, 1],
  [16, 9],
  [9, 16],
  [4, 3],
  [3, 4],
  [3, 2],
  [2, 3],
  [4, 5],
  [5, 4],
  [7, 3],
  [3, 7],
];

const VIDEO_WORD =
  /\b(?:videos?|films?|clips?|movies?|ads?|adverts?|commercials?|trailers?|reels?|animations?|seedance)\b/i;
const PORTRAIT =
  /\b(?:portrait|vertical(?:ly)?|9:16|tik[\s-]?tok|reels?|shorts|(?:instagram|snapchat)\s+stor(?:y|ies))\b/i;
const SHEET_WORD = /\b(?:canvas|sheet|board|storyboard)\b/i;
const LETTERING =
  /\b(?:text|title|caption|sign|signage|logo|slogan|tagline|lettering|reads?|reading|words?)\b[^"“\n]{0,20}(?:"([^"\n]{1,80})"|“([^”\n]{1,80})”)/gi;
