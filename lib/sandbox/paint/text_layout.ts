/** Text broken into lines, with an end that shows when there is more. */
import { textWidth } from "./font.ts";

/**
 * Breaks text at blanks, and inside words that are longer than a line.
 *
 * @param text drawable text
 * @param width of a line, in font units
 * @param maxLines what does not fit is cut, and the last line ends with `…`
 */
export function wrapText(
  text: string,
  width: number,
  maxLines: number,
): { lines: string[]; cut: boolean } {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ").flatMap((word) => splitWord(word, width))) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && textWidth(longer) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
    // One line more than allowed is enough to know that there is more.
    if (lines.length > maxLines) break;
  }
  if (line !== "") lines.push(line);
  if (lines.length <= maxLines) return { lines, cut: false };
  const kept = lines.slice(0, maxLines);
  kept.push(endLine(kept.pop() ?? "", width));
  return { lines: kept, cut: true };
}

/** The text on one line, its end replaced by `…` when it is too long. */
export function cutText(text: string, width: number): string {
  return textWidth(text) <= width ? text : endLine(text, width);
}

function endLine(line: string, width: number): string {
  const characters = [...line];
  while (characters.length > 0 && textWidth(`${characters.join("")}…`) > width) characters.pop();
  return `${characters.join("").trimEnd()}…`;
}

function splitWord(word: string, width: number): string[] {
  if (textWidth(word) <= width) return [word];
  const parts: string[] = [];
  let part = "";
  for (const character of word) {
    if (part !== "" && textWidth(part + character) > width) {
      parts.push(part);
      part = "";
    }
    part += character;
  }
  return [...parts, part];
}
