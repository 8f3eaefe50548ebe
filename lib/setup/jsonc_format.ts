/** Edits JSON that may hold comments, trailing commas and a byte-order mark. */
import type { ConfigFormat, ServerEntry } from "./config_format.ts";

const GROUP = "mcpServers";

/** The servers of Claude Desktop: `mcpServers[name]`. */
export async function jsoncFormat(name: string): Promise<ConfigFormat> {
  // Loaded here, for few commands need it. Its edits change nothing else in the text.
  const { applyEdits, modify, parse, printParseErrorCode } = await import("jsonc-parser");

  function parseText(text: string): Record<string, unknown> {
    const body = withoutMark(text);
    if (body.trim() === "") return {};
    const errors: { error: number; offset: number; length: number }[] = [];
    const value: unknown = parse(body, errors, { allowTrailingComma: true });
    const [first] = errors;
    if (first) {
      const line = body.slice(0, first.offset).split("\n").length;
      throw new Error(`${printParseErrorCode(first.error)} in line ${line}`);
    }
    return asObject(value, "the file");
  }

  function edit(text: string, path: string[], value: unknown): string {
    const body = withoutMark(text);
    const whole = body.trim() === "" ? "{}\n" : body;
    const edits = modify(whole, path, value, { formattingOptions: styleOf(whole) });
    return (text.startsWith(MARK) ? MARK : "") + applyEdits(whole, edits);
  }

  return {
    read(text) {
      const group = parseText(text)[GROUP];
      if (group === undefined) return undefined;
      const entry = asObject(group, GROUP)[name];
      return entry === undefined ? undefined : asObject(entry, `${GROUP}.${name}`);
    },
    set: (text: string, entry: ServerEntry) => edit(text, [GROUP, name], entry),
    unset: (text) => edit(text, [GROUP, name], undefined),
  };
}

const MARK = "\ufeff";

function withoutMark(text: string): string {
  return text.startsWith(MARK) ? text.slice(1) : text;
}

function asObject(value: unknown, what: string): Record<string, unknown> {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>;
  }
  throw new Error(`${what} is not an object`);
}

/** Indentation and line ends as the text has them. */
function styleOf(text: string): { insertSpaces: boolean; tabSize: number; eol: string } {
  const indents = [...text.matchAll(/^([ \t]+)["{}[\]]/gm)].map(([, indent = ""]) => indent);
  const tabs = indents[0]?.includes("\t") ?? false;
  // The first indented line may be several levels deep, as in an entry within one long line.
  const step = indents.map(({ length }) => length).reduce(greatestCommonDivisor, 0) || 2;
  return {
    insertSpaces: !tabs,
    tabSize: tabs ? 1 : Math.min(step, 8),
    eol: text.includes("\r\n") ? "\r\n" : "\n",
  };
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
