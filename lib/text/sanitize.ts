/**
 * Takes chat-template markers out of text that goes into a model's prompt, so that a memory, a
 * file name or a fetched storyline cannot pose as another speaker.
 */

/** A text without markers. */
export interface SanitizedText {
  readonly text: string;
  /** Markers and blocks taken out. */
  readonly stripped: number;
  /** Suspicious phrases, left where they are. */
  readonly flagged: number;
}

const MAX_PASSES = 5;
const OPENING = "[[TOOL_RESULT_BEGIN]]";
const CLOSING = "[[TOOL_RESULT_END]]";

/** Removes markers until none is left; blanks are tidied only when something was removed. */
export function sanitizeText(input: string): SanitizedText {
  // deno-lint-ignore no-control-regex
  let text = input.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, "");
  let stripped = 0;
  for (let pass = 0; pass < MAX_PASSES; pass += 1) {
    const before = stripped;
    text = removeBlocks(text, () => stripped += 1);
    text = text.replace(MARKERS, () => {
      stripped += 1;
      return " ";
    });
    if (stripped === before) break;
    text = text.replace(/[ \t]{2,}/g, " ");
  }
  return { text, stripped, flagged: countSuspicious(text) };
}

/** How many phrases try to override instructions. */
export function countSuspicious(text: string): number {
  return SUSPICIOUS.filter((pattern) => pattern.test(text)).length;
}

/** A tool's output between delimiters that its content cannot contain. */
export function wrapToolResult(content: string): string {
  return `${OPENING}\n${sanitizeText(content).text}\n${CLOSING}`;
}

/** Keeps count over many texts. */
export class Sanitizer {
  stripped = 0;
  flagged = 0;

  /** The text without markers. */
  clean(input: string): string {
    const result = sanitizeText(input);
    this.stripped += result.stripped;
    this.flagged += result.flagged;
    return result.text;
  }

  /** Counts suspicious phrases of text that is the operator's own and stays as it is. */
  flagOnly(input: string): string {
    this.flagged += countSuspicious(input);
    return input;
  }
}

// Invisible characters that may stand inside a marker without being seen.
const GAP = "[\\u200b-\\u200d\\u2060\\ufeff]*";

const LITERAL_MARKERS = [
  ...["im_start", "im_end", "user", "system", "assistant", "tool", "tool_call"],
  ...["begin▁of▁sentence", "end▁of▁sentence"],
].map((name) => `<|${name}|>`).concat(
  ["[INST]", "[/INST]", "<<SYS>>", "<</SYS>>", OPENING, CLOSING],
  ["user", "assistant", "tool", "system", "tool_call"].flatMap((tag) => [`<${tag}>`, `</${tag}>`]),
);

const MARKERS = new RegExp(
  [
    ...LITERAL_MARKERS.map(withGaps),
    `${withGaps("<")}(?:/${GAP})?${withGaps("UNTRUSTED_USER_")}${GAP}` +
    `(?:${withGaps("INPUT")}|${withGaps("BRIEF")})(?:\\s[^<>]{0,200})?>`,
  ].join("|"),
  "gi",
);

const BLOCKS = ["system", "tool_call"].map((tag) => ({
  open: withGaps(`<${tag}>`),
  close: withGaps(`</${tag}>`),
}));

const SUSPICIOUS = [
  /\bignore\s+(?:all\s+)?(?:previous|prior|the\s+above)\s+instructions?\b/i,
  /\bdisregard\s+(?:all\s+)?(?:previous|prior|the\s+above)\b/i,
  /\bforget\s+(?:your|the)\s+(?:role|instructions?|rules?|system)\b/i,
  /\byou\s+are\s+now\s+an?\b/i,
  /\b(?:override|bypass)\s+(?:safety|content|filter)\b/i,
];

function withGaps(marker: string): string {
  return [...marker].map((char) => char.replace(/[|[\]/<>]/, "\\$&")).join(GAP);
}

// By hand and not by one expression: an opening without its end must not rescan the rest of the
// text for each further opening.
function removeBlocks(input: string, count: () => void): string {
  let text = input;
  for (const { open, close } of BLOCKS) {
    const opening = new RegExp(open, "gi");
    const closing = new RegExp(close, "gi");
    const parts: string[] = [];
    let at = 0;
    for (let found = opening.exec(text); found; found = opening.exec(text)) {
      closing.lastIndex = opening.lastIndex;
      const end = closing.exec(text);
      if (!end) break;
      parts.push(text.slice(at, found.index), " ");
      at = closing.lastIndex;
      opening.lastIndex = at;
      count();
    }
    if (at > 0) text = parts.join("") + text.slice(at);
  }
  return text;
}
