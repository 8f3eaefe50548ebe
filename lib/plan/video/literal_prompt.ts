/** Prompts that come with an order to leave them alone. */

const MARKERS = [
  /\buse\s+(?:this|the\s+following|the)\s+(?:exact\s+)?prompt\s+(?:exactly|verbatim|as[\s-]is|word\s+for\s+word)(?:\s+as\s+(?:written|is))?\s*[:\n]/iu,
  /\buse\s+(?:exactly\s+)?(?:this|the\s+following)\s+exact\s+prompt\s*[:\n]/iu,
  /\buse\s+exactly\s+this\s+prompt\s*[:\n]/iu,
  /\bexact\s+prompt(?:\s+to\s+use)?\s*[:\n]/iu,
  /\bprompt\s+to\s+use(?:\s+(?:exactly|verbatim))?\s*[:\n]/iu,
];
const HANDS_OFF =
  /\b(?:do\s+not|don['’]t|never)\s+(?:change|alter|edit|modify|rewrite|touch)\s+(?:the|this|my)\s+prompt\b/iu;
const PLAIN_MARKER = /\bprompt\s*:/iu;
const PAIRS = ['""', "''", "``", "“”", "‘’", "«»"];
const MIN_LENGTH = 3;

/**
 * The text after a marker such as `use this prompt exactly:`, without fences and outer quotes;
 * `undefined` when the prompt has no such order.
 */
export function findLiteralPrompt(prompt: string): string | undefined {
  const marker = MARKERS.map((pattern) => pattern.exec(prompt))
    .filter((match) => match !== null)
    .sort((a, b) => a.index - b.index)[0] ??
    (HANDS_OFF.test(prompt) ? PLAIN_MARKER.exec(prompt) : null);
  if (!marker) return undefined;
  const text = unwrap(prompt.slice(marker.index + marker[0].length));
  return text.length >= MIN_LENGTH ? text : undefined;
}

function unwrap(text: string): string {
  let inner = text.trim();
  const fence = /^(```|~~~)[\w-]*[ \t]*\n?([\s\S]*?)\n?\1/.exec(inner);
  if (fence) inner = (fence[2] ?? "").trim();
  for (const pair of PAIRS) {
    const open = pair.charAt(0);
    const close = pair.charAt(1);
    // Only quotes around the whole text go: `"a" and "b"` keeps its own.
    if (inner.length < 2 || !inner.startsWith(open) || !inner.endsWith(close)) continue;
    const middle = inner.slice(1, -1);
    if (!middle.includes(open) && !middle.includes(close)) return middle.trim();
  }
  return inner;
}
