/** The stroke alphabet: from text to lines in font units, and the measures of both. */
import { GLYPHS, type GlyphSource, UNKNOWN_GLYPH } from "./glyphs.ts";

/** Height of capitals in font units. */
export const CAP_HEIGHT = 14;

/** From the top of capitals to the lowest descender. */
export const FULL_HEIGHT = 18.4;

/** Room between two letters. */
export const LETTER_GAP = 3.5;

/** Usual width of a stroke. */
export const STROKE_WIDTH = 1.9;

/** Straight pieces of a glyph: x0, y0, x1, y1 of each. A dot is a piece without length. */
export interface Glyph {
  readonly width: number;
  readonly pieces: Float32Array;
}

/** Letters that decomposition leaves alone, and signs that have plainer twins. */
const REPLACED: Readonly<Record<string, string>> = {
  "ß": "ss",
  "æ": "ae",
  "Æ": "AE",
  "œ": "oe",
  "Œ": "OE",
  "ø": "o",
  "Ø": "O",
  "ł": "l",
  "Ł": "L",
  "đ": "d",
  "Đ": "D",
  "ð": "d",
  "þ": "th",
  "ı": "i",
  "‘": "'",
  "’": "'",
  "“": '"',
  "”": '"',
  "„": '"',
  "«": '"',
  "»": '"',
  "−": "-",
  "‐": "-",
  "‑": "-",
  "•": "·",
};

/**
 * The text in characters that can be drawn: accents are dropped, blanks joined, what has no shape
 * stays and is drawn as a box.
 */
export function drawableText(text: string): string {
  const plain = text.replace(/…/g, "\u0001").normalize("NFKD")
    .replace(/[\p{M}\p{Cf}\u200d\ufe0f]/gu, "").replaceAll("\u0001", "…");
  return [...plain].map((character) => REPLACED[character] ?? character).join("")
    .replace(/[\s\p{Cc}]+/gu, " ").trim();
}

/** Width of drawable text in font units, without a gap behind the last letter. */
export function textWidth(text: string, gap = LETTER_GAP): number {
  let width = 0;
  for (const character of text) width += glyph(character).width + gap;
  return Math.max(0, width - gap);
}

const cache = new Map<string, Glyph>();

/** The shape of one character. */
export function glyph(character: string): Glyph {
  const source = Object.hasOwn(GLYPHS, character) ? GLYPHS[character] : undefined;
  const key = source ? character : "";
  let shape = cache.get(key);
  if (!shape) cache.set(key, shape = flatten(source ?? UNKNOWN_GLYPH));
  return shape;
}

/** Pieces for one curve: enough for letters a hundred pixels tall. */
const CURVE_PIECES = 7;

interface Point {
  readonly x: number;
  readonly y: number;
  readonly control: boolean;
}

function flatten([width, strokes]: GlyphSource): Glyph {
  const pieces: number[] = [];
  for (const stroke of strokes.split("|").filter(Boolean)) {
    const [first, ...rest] = stroke.split(" ").map(parsePoint);
    if (!first) continue;
    if (rest.length === 0) pieces.push(first.x, first.y, first.x, first.y);
    let from = first;
    let control: Point | undefined;
    for (const point of rest) {
      if (point.control) {
        control = point;
        continue;
      }
      if (control) pieces.push(...curve(from, control, point));
      else pieces.push(from.x, from.y, point.x, point.y);
      control = undefined;
      from = point;
    }
  }
  return { width, pieces: Float32Array.from(pieces) };
}

function parsePoint(text: string): Point {
  const control = text.startsWith("~");
  const [x = 0, y = 0] = text.slice(control ? 1 : 0).split(",").map(Number);
  return { x, y, control };
}

function curve(from: Point, control: Point, to: Point): number[] {
  const pieces: number[] = [];
  let { x, y } = from;
  for (let i = 1; i <= CURVE_PIECES; i++) {
    const t = i / CURVE_PIECES, rest = 1 - t;
    const nextX = rest * rest * from.x + 2 * rest * t * control.x + t * t * to.x;
    const nextY = rest * rest * from.y + 2 * rest * t * control.y + t * t * to.y;
    pieces.push(x, y, nextX, nextY);
    [x, y] = [nextX, nextY];
  }
  return pieces;
}
