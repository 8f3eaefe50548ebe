/** Half blocks: each cell shows an upper pixel in front of a lower one. */
import type { RgbaImage } from "../image/image.ts";

const RESET = "\u001b[0m";

/** One line of text for two rows of pixels; what is transparent is shown on black. */
export function drawBlocks(image: RgbaImage): string {
  let text = "";
  for (let row = 0; row < image.height; row += 2) {
    let last = "";
    for (let column = 0; column < image.width; column++) {
      const upper = colour(image, column, row);
      const lower = row + 1 < image.height ? colour(image, column, row + 1) : undefined;
      const style = `\u001b[38;2;${upper}${lower === undefined ? ";49" : `;48;2;${lower}`}m`;
      text += style === last ? "▀" : `${style}▀`;
      last = style;
    }
    text += `${RESET}\n`;
  }
  return text;
}

function colour({ width, data }: RgbaImage, column: number, row: number): string {
  const at = (row * width + column) * 4;
  const alpha = (data[at + 3] ?? 255) / 255;
  return [0, 1, 2].map((part) => Math.round((data[at + part] ?? 0) * alpha)).join(";");
}
