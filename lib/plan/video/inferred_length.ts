/** The length of a video as its prompt states it. */

// Every repetition is bounded: a prompt is text from anywhere, and must not be able to stall planning.
const UNIT = String.raw`(seconds?|secs?|s|minutes?|mins?)`;
const AMOUNT = String.raw`(?<![\d.])(\d{1,5}(?:\.\d{1,3})?)`;
const THING = String
  .raw`(?:videos?|clips?|films?|movies?|ads?|adverts?|advertisements?|commercials?|reels?|shorts?|animations?|trailers?|teasers?|spots?|montages?|promos?|loops?|footage|shots?)`;
const STATED = [
  new RegExp(
    String
      .raw`${AMOUNT}[\s-]{0,3}${UNIT}\b[\s,-]{0,3}(?:long\s{1,3})?(?:[\w'’-]{1,30}\s{1,3}){0,3}?${THING}\b`,
    "giu",
  ),
  new RegExp(
    String
      .raw`\b(?:duration|length|runtime|total(?:\s{1,3}(?:duration|length|time|runtime))?)\b\s{0,3}(?:of|is|[:=])?\s{0,3}(?:about|around|exactly|~)?\s{0,3}${AMOUNT}[\s-]{0,3}${UNIT}\b`,
    "giu",
  ),
  new RegExp(
    String
      .raw`${AMOUNT}[\s-]{0,3}${UNIT}\b\s{0,3}(?:in\s{1,3})?(?:long|total|in\s+total|duration|length|runtime)\b`,
    "giu",
  ),
];
const RANGE =
  /(?<![\d:])(\d{1,2}):([0-5]\d)\s*(?:-|–|—|to|until)\s*(\d{1,2}):([0-5]\d)(?![\d:])/giu;
const SOURCE =
  /\b(?:source|original|reference|input|uploaded|existing|attached|provided)\s+(?:\w+\s+)?(?:video|clip|footage|film|audio|song|track|media)\b|\b(?:source|original)\s+(?:from|at|between)\b|\bof\s+the\s+(?:source|original|song|track|recording)\b|\b(?:trim|cut|excerpt|segment|portion|section)\b/iu;
const NEIGHBOURHOOD = 60;

/** Seconds that a prompt asks for, rounded up to whole ones; `undefined` when it names none. */
export function inferSeconds(prompt: string): number | undefined {
  const stated = STATED.flatMap((pattern) =>
    [...prompt.matchAll(pattern)].map((match) => seconds(match[1], match[2]))
  );
  const candidates = stated.length > 0 ? stated : rangeSeconds(prompt);
  const longest = Math.max(0, ...candidates);
  return longest > 0 ? Math.ceil(longest) : undefined;
}

function seconds(amount = "0", unit = "s"): number {
  return Number(amount) * (unit.toLowerCase().startsWith("m") ? 60 : 1);
}

// `0:00-0:12` of a time line ends where the video ends; of source media it says how much is used.
function rangeSeconds(prompt: string): number[] {
  return [...prompt.matchAll(RANGE)].map((match) => {
    const start = Number(match[1]) * 60 + Number(match[2]);
    const end = Number(match[3]) * 60 + Number(match[4]);
    const around = prompt.slice(
      Math.max(0, match.index - NEIGHBOURHOOD),
      match.index + match[0].length + NEIGHBOURHOOD,
    );
    return SOURCE.test(around) ? end - start : end;
  });
}
