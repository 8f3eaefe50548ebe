/** JSON for one line of output, whatever the strings in it hold. */

// JSON.stringify escapes C0 alone. DEL and C1 steer some terminals, the line separators break lines
// for some readers, and the bidirectional marks reorder what is read.
const UNESCAPED = /[\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g;

/**
 * `value` as JSON on one line, harmless on a terminal; it parses to the same value.
 *
 * @example
 * ```ts
 * jsonLine({ name: "a\u009b31m" }) === '{"name":"a\\u009b31m"}';
 * ```
 */
export function jsonLine(value: unknown): string {
  return JSON.stringify(value).replace(UNESCAPED, escaped);
}

function escaped(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
