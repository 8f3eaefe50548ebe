/** Breaks text into lines. */

/**
 * `text` in lines of at most `width` characters, broken at blanks; a longer word has a line of its
 * own. Empty text is one empty line.
 */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}

/** Two columns: `left` padded to `column`, `right` wrapped beside it, or below when too long. */
export function twoColumns(left: string, right: string, column: number, width: number): string[] {
  const lines = wrap(right, Math.max(20, width - column));
  const pad = " ".repeat(column);
  const first = left.length + 2 <= column ? [left.padEnd(column) + (lines.shift() ?? "")] : [left];
  return [...first, ...lines.map((line) => pad + line)];
}
