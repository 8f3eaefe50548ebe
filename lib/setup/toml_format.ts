/**
 * Edits TOML as text: a table is put behind the last line, and its lines are cut out again. No
 * TOML library writes a file back with its comments, so the parser only checks what comes out.
 */
import type { ConfigFormat, ServerEntry } from "./config_format.ts";

const GROUP = "mcp_servers";

/** The servers of Codex: `[mcp_servers.NAME]`. */
export async function tomlFormat(name: string): Promise<ConfigFormat> {
  const { parse } = await import("smol-toml");

  function read(text: string): Record<string, unknown> | undefined {
    const group = parse(text)[GROUP];
    if (group === undefined) return undefined;
    const entry = asTable(group, GROUP)[name];
    return entry === undefined ? undefined : asTable(entry, `${GROUP}.${name}`);
  }

  function unset(text: string): string {
    const next = cut(text, name);
    // A table that is written inline, or lines in a string that look like one.
    if (!isSame(without(parse(text), name), without(parse(next), name)) || read(next)) {
      throw new Error(`${GROUP}.${name} is not written as a table of its own`);
    }
    return next;
  }

  return {
    read,
    unset,
    set(text: string, entry: ServerEntry) {
      const rest = read(text) === undefined ? text : unset(text);
      const eol = text.includes("\r\n") ? "\r\n" : "\n";
      const gap = rest === "" ? "" : rest.endsWith("\n") ? eol : eol + eol;
      const next = rest + gap + format(name, entry).join(eol) + eol;
      if (
        read(next) === undefined || !isSame(without(parse(text), name), without(parse(next), name))
      ) {
        throw new Error("the table could not be added");
      }
      return next;
    },
  };
}

function format(name: string, entry: ServerEntry): string[] {
  const tables = Object.entries(entry).filter(([, value]) => isTable(value));
  const values = Object.entries(entry).filter(([, value]) => !isTable(value));
  return [
    `[${GROUP}.${name}]`,
    ...values.map(([key, value]) => `${formatKey(key)} = ${formatValue(value)}`),
    ...tables.flatMap(([key, table]) => [
      "",
      `[${GROUP}.${name}.${formatKey(key)}]`,
      ...Object.entries(table as Record<string, unknown>)
        .map(([inner, value]) => `${formatKey(inner)} = ${formatValue(value)}`),
    ]),
  ];
}

function formatKey(key: string): string {
  return /^[\w-]+$/.test(key) ? key : JSON.stringify(key);
}

/** JSON's strings, numbers, booleans and arrays are TOML's, too. */
function formatValue(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(formatValue).join(", ")}]`;
  if (isTable(value)) {
    const pairs = Object.entries(value).map(([key, each]) =>
      `${formatKey(key)} = ${formatValue(each)}`
    );
    return `{ ${pairs.join(", ")} }`;
  }
  if (value instanceof Date) return value.toISOString();
  return JSON.stringify(value);
}

function isTable(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) &&
    !(value instanceof Date);
}

function asTable(value: unknown, what: string): Record<string, unknown> {
  if (isTable(value)) return value;
  throw new Error(`${what} is not a table`);
}

/** The text without the table and the tables in it, and without the blank line before them. */
function cut(text: string, name: string): string {
  const kept: string[] = [];
  let inside = false;
  let tail: string[] = [];
  for (const line of text.split(/(?<=\n)/)) {
    const header = /^\s*\[\[?\s*([^\]]*?)\s*\]/.exec(line)?.[1];
    if (header !== undefined) {
      const enters = isHeaderOf(header, name);
      if (enters && !inside && kept.at(-1)?.trim() === "") kept.pop();
      // Blank lines and comments right above the next table belong to that one.
      if (!enters) kept.push(...tail);
      inside = enters;
      tail = [];
    }
    if (!inside) kept.push(line);
    else if (/^\s*(?:#.*)?$/.test(line)) tail.push(line);
    else tail = [];
  }
  return kept.join("") + tail.filter((line) => line.trim() !== "").join("");
}

function isHeaderOf(header: string, name: string): boolean {
  const parts = header.split(".").map((part) => part.trim().replace(/^(["'])(.*)\1$/, "$2"));
  return parts[0] === GROUP && parts[1] === name;
}

/** What was parsed, but for the entry, and for the group if nothing else is in it. */
function without(parsed: Record<string, unknown>, name: string): Record<string, unknown> {
  const { [GROUP]: group, ...others } = parsed;
  const { [name]: _, ...servers } = isTable(group) ? group : {};
  return Object.keys(servers).length === 0 ? others : { ...others, [GROUP]: servers };
}

function isSame(left: Record<string, unknown>, right: Record<string, unknown>): boolean {
  return canonical(left) === canonical(right);
}

function canonical(value: unknown): string {
  return JSON.stringify(
    value,
    (_, part: unknown) =>
      isTable(part)
        ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => a < b ? -1 : 1))
        : part,
  );
}
