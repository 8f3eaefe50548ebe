/** Size, resolution and shape of a video as its prompt states them. */

/** What a prompt says about the picture; a part is absent when the prompt does not name it. */
export interface InferredSize {
  /** Both sides in pixels. */
  exact?: { width: number; height: number };
  /** The shorter side in pixels. */
  targetResolution?: number;
  /** Width divided by height. */
  aspectRatio?: number;
}

const MAX_SIDE = 10_000;
const NAMED: Readonly<Record<string, readonly [number, number]>> = {
  "480": [854, 480],
  "720": [1280, 720],
  "1080": [1920, 1080],
  "1440": [2560, 1440],
  "2160": [3840, 2160],
  "4320": [7680, 4320],
};
const TALL =
  /\b(?:portrait|vertical(?:ly)?|tik[\s-]?tok|reels?|(?:youtube|yt)\s+shorts?|shorts\s+(?:format|video|size)|(?:instagram|ig|facebook|snapchat)\s+stor(?:y|ies)|story\s+(?:format|video|size|ratio))\b/iu;
const WIDE = /\b(?:landscape|horizontal(?:ly)?|wide-?screen)\b/iu;
const ORIENTATION_REACH = 32;

/** Reads size, resolution and aspect ratio out of a prompt. */
export function inferSize(prompt: string): InferredSize {
  const exact = writtenSize(prompt) ?? namedSize(prompt);
  if (exact) return { exact };
  const targetResolution = resolutions(prompt)[0]?.shortSide;
  const aspectRatio = writtenRatio(prompt) ?? namedOrientation(prompt);
  return {
    ...(targetResolution === undefined ? {} : { targetResolution }),
    ...(aspectRatio === undefined ? {} : { aspectRatio }),
  };
}

function writtenSize(prompt: string): { width: number; height: number } | undefined {
  const times =
    /(?<![\d.:])(\d{1,5})\s{0,3}(px|pixels?)?\s{0,3}(?:[x×]|\bby\b)\s{0,3}(\d{1,5})(?!\d|\.\d|\s{0,3}:)\s{0,3}(px\b|pixels?\b)?(?!\s{0,3}(?:feet|foot|ft|met(?:er|re)s?|m|cm|mm|km|inch(?:es)?|in|miles?|yards?)\b)/giu;
  for (const match of prompt.matchAll(times)) {
    const size = { width: Number(match[1]), height: Number(match[3]) };
    const pixels = match[2] !== undefined || match[4] !== undefined;
    if (isSize(size) && (pixels || Math.max(size.width, size.height) >= 100)) return size;
  }
  const width = /\bwidth\s*(?:of|is|[:=])?\s*(\d{2,5})\b/iu.exec(prompt);
  const height = /\bheight\s*(?:of|is|[:=])?\s*(\d{2,5})\b/iu.exec(prompt);
  if (!width || !height) return undefined;
  const size = { width: Number(width[1]), height: Number(height[1]) };
  return isSize(size) && Math.max(size.width, size.height) >= 100 ? size : undefined;
}

function isSize({ width, height }: { width: number; height: number }): boolean {
  return width > 0 && height > 0 && width <= MAX_SIDE && height <= MAX_SIDE;
}

// `720p portrait`, `vertical 4K`: a named resolution with the orientation close by.
function namedSize(prompt: string): { width: number; height: number } | undefined {
  for (const { shortSide, at, length } of resolutions(prompt)) {
    const named = NAMED[shortSide];
    if (!named) continue;
    const before = prompt.slice(Math.max(0, at - ORIENTATION_REACH), at);
    const after = prompt.slice(at + length, at + length + ORIENTATION_REACH);
    const near = `${before} ${after}`;
    const [long, short] = named;
    if (TALL.test(near) || /^\s*(?:shorts|story)\b/iu.test(after)) {
      return { width: short, height: long };
    }
    if (WIDE.test(near)) return { width: long, height: short };
  }
  return undefined;
}

function resolutions(prompt: string): { shortSide: number; at: number; length: number }[] {
  const found: { shortSide: number; at: number; length: number }[] = [];
  for (const match of prompt.matchAll(/(?<![\w.])(?:(\d{3,4})p|([48])k)(?!\w)/giu)) {
    const shortSide = match[1] ? Number(match[1]) : match[2] === "4" ? 2160 : 4320;
    if (shortSide >= 100 && shortSide <= 4320) {
      found.push({ shortSide, at: match.index, length: match[0].length });
    }
  }
  return found;
}

const RATIO = /(?<![\d:.])(\d{1,2}(?:\.\d{1,2})?)\s*:\s*(\d{1,2}(?:\.\d{1,2})?)(?![\d:]|\.\d)/gu;
const RATIO_CONTEXT =
  /\b(?:ratio|aspect|format|size|portrait|landscape|vertical|horizontal|square|wide-?screen|frame|framing|canvas|image|picture|video|clip|film|movie|ad|ads|advert|commercial|animation|reels?|shorts?|stor(?:y|ies)|tik[\s-]?tok|cinema\w*|anamorphic|resolution|\d{3,4}p|[48]k)\b/iu;
const RATIO_REACH = 48;

function writtenRatio(prompt: string): number | undefined {
  for (const match of prompt.matchAll(RATIO)) {
    const before = prompt.slice(Math.max(0, match.index - RATIO_REACH), match.index);
    const after = prompt.slice(match.index + match[0].length).slice(0, RATIO_REACH);
    if (isClock(match[1] ?? "", match[2] ?? "", before, after)) continue;
    const ratio = Number(match[1]) / Number(match[2]);
    if (Number.isFinite(ratio) && ratio > 0 && RATIO_CONTEXT.test(`${before} ${after}`)) {
      return ratio;
    }
  }
  return undefined;
}

// `0:12`, `10:30`, `9:45 pm`, and both ends of `0:00-0:12` are times. A few usual shapes have two
// digits after the colon too: those are ratios unless a word or a range speaks for a time.
function isClock(first: string, second: string, before: string, after: string): boolean {
  if (/^\s*(?:[ap]\.?m\b|o['’]clock)/iu.test(after)) return true;
  if (/^\s*(?:-|–|—|to\b|until\b)\s*\d{1,2}:\d{2}/iu.test(after)) return true;
  if (/\d{1,2}:\d{2}\s*(?:-|–|—|to|until)\s*$/iu.test(before)) return true;
  if (/^0/.test(first) || /^0/.test(second)) return true;
  if (USUAL_SHAPES.has(`${first}:${second}`)) return false;
  return /^\d{2}$/.test(second) && Number(second) < 60 && Number(first) < 24;
}

const USUAL_SHAPES = new Set(["9:16", "16:10", "10:16", "9:21", "9:19", "9:20", "10:10"]);

const SHAPES = [
  { ratio: 9 / 16, names: "portrait|vertical" },
  { ratio: 16 / 9, names: "landscape|wide-?screen" },
  { ratio: 1, names: "square" },
];
const FORMAT_NOUN =
  "(?:video|clip|film|movie|format|mode|orientation|aspect|ratio|frame|framing|composition|crop|canvas|reel|ad|advert|animation|footage|shot|version|output|size|layout)s?";

// A bare word is a wish for a shape only where it cannot be a subject: `portrait video`,
// `in portrait`, `make it square`, or alone between commas; not `a portrait of a woman`.
function namedOrientation(prompt: string): number | undefined {
  for (const { ratio, names } of SHAPES) {
    const patterns = [
      String.raw`\b(?:${names})[\s-]+(?:\w+[\s-]+)?${FORMAT_NOUN}\b`,
      String.raw`\b(?:in|as)\s+(?:a\s+)?(?:${names})(?:\s*(?:[,.;!]|$))`,
      String
        .raw`\b(?:make|keep|render|film|shoot)\s+(?:it|this)\s+(?:in\s+)?(?:a\s+)?(?:${names})\b(?!\s+of\b)`,
      String.raw`(?:^|[,;.(]|\s[-–—])\s*(?:${names})\s*(?:$|[,;.)])`,
      String
        .raw`\b(?:orientation|format|shape|aspect(?:\s+ratio)?)\s*(?:is|[:=])?\s*(?:${names})\b`,
    ];
    if (patterns.some((pattern) => new RegExp(pattern, "iu").test(prompt))) return ratio;
  }
  return undefined;
}
