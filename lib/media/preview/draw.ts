/** Draws a picture for a terminal, as the text that makes it appear. */
import { Buffer } from "node:buffer";
import { encodeImage } from "../image/codec.ts";
import type { RgbaImage } from "../image/image.ts";
import { fitInside } from "../image/resize.ts";
import { drawBlocks } from "./blocks.ts";
import type { PreviewProtocol } from "./protocol.ts";
import { drawSixel } from "./sixel.ts";

/** The room for a picture, in cells of the terminal. */
export interface Room {
  readonly columns: number;
  readonly rows: number;
}

/** About the size of a cell, in pixels; terminals that scale are told the cells themselves. */
const CELL = { width: 10, height: 20 } as const;
/** Longest piece that the kitty protocol takes. */
const KITTY_CHUNK = 4096;

/** The picture within the room, its ratio kept, ending with a newline. */
export async function drawPreview(
  image: RgbaImage,
  protocol: PreviewProtocol,
  room: Room,
): Promise<string> {
  if (protocol === "blocks") {
    return drawBlocks(shrink(image, room.columns, room.rows * 2));
  }
  const small = shrink(image, room.columns * CELL.width, room.rows * CELL.height);
  if (protocol === "sixel") return `${drawSixel(small)}\n`;
  const png = Buffer.from(await encodeImage(small, "png"));
  const rows = Math.max(1, Math.round(small.height / CELL.height));
  if (protocol === "kitty") return `${kitty(png.toString("base64"), rows)}\n`;
  const size = `inline=1;size=${png.length};height=${rows};preserveAspectRatio=1`;
  return `\u001b]1337;File=${size}:${png.toString("base64")}\u0007\n`;
}

/** Sent in pieces: `m=1` says that more follow. */
function kitty(data: string, rows: number): string {
  const pieces = data.match(new RegExp(`.{1,${KITTY_CHUNK}}`, "g")) ?? [];
  return pieces.map((piece, at) => {
    const more = at < pieces.length - 1 ? 1 : 0;
    const control = at === 0 ? `a=T,f=100,r=${rows},q=2,m=${more}` : `m=${more}`;
    return `\u001b_G${control};${piece}\u001b\\`;
  }).join("");
}

function shrink(image: RgbaImage, width: number, height: number): RgbaImage {
  return image.width > width || image.height > height ? fitInside(image, width, height) : image;
}
