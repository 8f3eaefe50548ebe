/** What tests read from generated Markdown. */

/** A code span or a line of a fenced block, and where it stands. */
export interface Code {
  readonly file: string;
  readonly text: string;
  /** Of a fenced block, with its language; absent for spans. */
  readonly fence?: string;
}

const FENCE = /^```(\w*)\n([\s\S]*?)^```$/gm;

/** Every line of fenced blocks and every code span of a Markdown text. */
export function codeOf(file: string, markdown: string): Code[] {
  const found: Code[] = [];
  const rest = markdown.replace(FENCE, (_, fence: string, body: string) => {
    for (const text of body.split("\n")) {
      if (text.trim() !== "") found.push({ file, text, fence });
    }
    return "";
  });
  for (const [, text = ""] of rest.matchAll(/`([^`\n]+)`/g)) {
    found.push({ file, text });
  }
  return found;
}

/** The front matter's raw values by key, nested lines left out, and the body. */
export function splitFrontMatter(
  text: string,
): { fields: Record<string, string>; body: string } {
  const [, head = "", body = ""] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(text) ?? [];
  const fields: Record<string, string> = {};
  for (const line of head.split("\n")) {
    const [, key = "", value = ""] = /^([a-z_-]+): ?(.*)$/.exec(line) ?? [];
    if (key !== "") {
      fields[key] = value.startsWith('"') ? String(JSON.parse(value)) : value;
    }
  }
  return { fields, body };
}

/** A line as a POSIX shell would split it, up to a comment. */
export function splitShell(line: string): string[] {
  const words: string[] = [];
  const token = /\s*(?:(#.*)|((?:'[^']*'|"[^"]*"|\\.|[^\s'"\\])+))/gy;
  for (let match = token.exec(line); match; match = token.exec(line)) {
    if (match[1] !== undefined) break;
    words.push(
      (match[2] ?? "").replace(/'([^']*)'|"([^"]*)"|\\(.)/g, "$1$2$3"),
    );
  }
  return words;
}
