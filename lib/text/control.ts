/** Makes text that came from outside harmless for a terminal. */

// Escape sequences first (CSI, OSC, DCS and the two-character ones), then every other C0 and C1
// control except tab and newline, then the bidirectional overrides that can reorder a line.
const SEQUENCES =
  // deno-lint-ignore no-control-regex
  /\u001b(?:\[[0-?]*[ -/]*[@-~]|[\]PX^_][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[ -/]*[0-~])?/g;
// deno-lint-ignore no-control-regex
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

/**
 * Removes escape sequences and control characters; tabs and newlines stay.
 *
 * @example
 * ```ts
 * stripControl("a\u001b[31mred\u001b[0m") === "ared";
 * ```
 */
export function stripControl(text: string): string {
  return text.replace(SEQUENCES, "").replace(CONTROLS, "");
}

/** The same, and on one line: newlines and tabs become blanks. */
export function singleLine(text: string): string {
  return stripControl(text).replace(/[\r\n\t]+/g, " ");
}
