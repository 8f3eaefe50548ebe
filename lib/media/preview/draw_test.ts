// deno-lint-ignore-file no-control-regex -- escape sequences are what this is about
import { assert, assertEquals } from "@std/assert";
import { Buffer } from "node:buffer";
import { createImage, type RgbaImage } from "../image/image.ts";
import { imageSize } from "../image/size.ts";
import { gradientImage } from "../image/testing.ts";
import { drawBlocks } from "./blocks.ts";
import { drawPreview } from "./draw.ts";
import { drawSixel } from "./sixel.ts";

const ROOM = { columns: 40, rows: 10 };

function picture(width: number, height: number, ...pixels: number[][]): RgbaImage {
  const image = createImage(width, height);
  image.data.set(pixels.flat());
  return image;
}

Deno.test("half blocks: two rows a line, a colour said once for its run", () => {
  const red = [255, 0, 0, 255], blue = [0, 0, 255, 255], clear = [9, 9, 9, 0];
  assertEquals(
    drawBlocks(picture(2, 3, red, red, blue, blue, clear, red)),
    "\u001b[38;2;255;0;0;48;2;0;0;255m▀▀\u001b[0m\n" +
      "\u001b[38;2;0;0;0;49m▀\u001b[38;2;255;0;0;49m▀\u001b[0m\n",
  );
});

Deno.test("a picture fits its room in every protocol", async () => {
  const wide = gradientImage(800, 200);
  const lines = (await drawPreview(wide, "blocks", ROOM)).trimEnd().split("\n");
  assertEquals([lines.length, lines[0]?.match(/▀/g)?.length], [5, 40]);
  for (const protocol of ["kitty", "iterm2"] as const) {
    const text = await drawPreview(wide, protocol, ROOM);
    const data = protocol === "kitty"
      ? [...text.matchAll(/\u001b_G[^;]*;([^\u001b]*)\u001b/g)].map(([, piece]) => piece).join("")
      : /:([^\u0007]*)\u0007/.exec(text)?.[1] ?? "";
    const size = imageSize(new Uint8Array(Buffer.from(data, "base64")));
    assertEquals([size?.width, size?.height], [400, 100], protocol);
  }
});

Deno.test("kitty: pieces of at most 4096 characters, all but the last say that more follow", async () => {
  const text = await drawPreview(gradientImage(400, 200), "kitty", ROOM);
  const pieces = [...text.matchAll(/\u001b_G([^;]*);([^\u001b]*)\u001b\\/g)];
  assert(pieces.every(([, , data = ""]) => data.length <= 4096));
  assertEquals(
    pieces.map(([, control = ""]) => /m=(\d)/.exec(control)?.[1]),
    pieces.map((_, at) => at < pieces.length - 1 ? "1" : "0"),
  );
});

Deno.test("sixel: what is drawn is what the picture shows", () => {
  const image = gradientImage(37, 20);
  const drawn = readSixel(drawSixel(image), image.width, image.height);
  let off = 0;
  for (let at = 0; at < drawn.length; at++) {
    if (at % 4 < 3) off += Math.abs((drawn[at] ?? 0) - (image.data[at] ?? 0));
  }
  // Six steps of a colour lie 51 apart.
  assert(off / (drawn.length * 3 / 4) < 30, String(off));
});

/** A small reader of sixel, to look at the picture again. */
function readSixel(text: string, width: number, height: number): Uint8Array {
  const pixels = new Uint8Array(width * height * 4);
  const palette = new Map<string, number[]>();
  let top = 0, column = 0, colour: number[] = [];
  const body = text.replace(/^\u001bPq"[\d;]*/, "").replace(/\u001b\\$/, "");
  for (
    const [sign, index, define, count, run] of body.matchAll(
      /#(\d+)(?:;2;([\d;]+))?|!(\d+)([?-~])|[?-~]|[$-]/g,
    )
  ) {
    if (index !== undefined) {
      if (define) palette.set(index, define.split(";").map((part) => Number(part) * 2.55));
      else colour = palette.get(index) ?? [];
    } else if (sign === "$") column = 0;
    else if (sign === "-") [top, column] = [top + 6, 0];
    else {
      const bits = (run ?? sign).charCodeAt(0) - 63;
      for (let left = Number(count ?? 1); left > 0; left--, column++) {
        for (let row = 0; row < 6; row++) {
          if (bits & 1 << row) pixels.set(colour, ((top + row) * width + column) * 4);
        }
      }
    }
  }
  return pixels;
}
