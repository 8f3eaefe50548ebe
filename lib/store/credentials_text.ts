/** The text of the credentials file: `KEY=value` lines. Pure. */

/** The one key that matters. */
export const KEY_NAME = "SOGNI_API_KEY";

/** What the text says. */
export interface ParsedCredentials {
  apiKey?: string;
  /** The value looks as if a comment followed it, which the format does not have. */
  suspectedComment: boolean;
}

/** Reads the key; of several lines the last one with a value counts. */
export function parseCredentials(text: string): ParsedCredentials {
  const parsed: ParsedCredentials = { suspectedComment: false };
  for (const line of text.replace(/^\ufeff/, "").split(/\r\n|\n|\r/)) {
    const value = valueOf(line);
    if (value === undefined || unquote(value) === "") continue;
    parsed.apiKey = unquote(value);
    parsed.suspectedComment = unquote(value) === value && /\s#/.test(value);
  }
  return parsed;
}

/** The text with the key put in place of the old one; other lines stay as they are. */
export function withKey(text: string, apiKey: string): string {
  const newline = text.includes("\r\n") ? "\r\n" : "\n";
  const lines = text === "" ? [] : text.split(/\r\n|\n|\r/);
  const entry = `${KEY_NAME}=${needsQuotes(apiKey) ? `"${apiKey}"` : apiKey}`;
  const at = lines.findIndex(isKeyLine);
  const kept = lines.filter((line, index) => index === at || !isKeyLine(line));
  // A shell may read the file too, so `export` stays.
  if (at >= 0) kept[at] = (/^\ufeff?\s*(?:export\s+)?/.exec(lines[at] ?? "")?.[0] ?? "") + entry;
  else if (kept.at(-1) === "") kept.splice(-1, 0, entry);
  else kept.push(entry);
  const result = kept.join(newline);
  return result.endsWith(newline) ? result : result + newline;
}

/** The text without the key; empty when nothing else was in it. */
export function withoutKey(text: string): string {
  const newline = text.includes("\r\n") ? "\r\n" : "\n";
  const kept = text.split(/\r\n|\n|\r/).filter((line) => !isKeyLine(line));
  return kept.every((line) => line.replace(/^\ufeff/, "").trim() === "") ? "" : kept.join(newline);
}

function isKeyLine(line: string): boolean {
  return valueOf(line.replace(/^\ufeff/, "")) !== undefined;
}

/** The text behind the first `=` of a line that sets the key. */
function valueOf(line: string): string | undefined {
  const entry = line.trim().replace(/^export\s+/, "");
  const split = entry.indexOf("=");
  if (entry.startsWith("#") || split < 0) return undefined;
  return entry.slice(0, split).trim() === KEY_NAME ? entry.slice(split + 1).trim() : undefined;
}

function unquote(value: string): string {
  const quoted = /^(["'])(.*)\1$/.exec(value);
  return (quoted?.[2] ?? value).trim();
}

/** Without quotes the value would be read back as something else. */
function needsQuotes(apiKey: string): boolean {
  return /\s#/.test(apiKey) || /^(["']).*\1$/.test(apiKey);
}
