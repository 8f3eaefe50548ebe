import { assert, assertEquals } from "@std/assert";
import { type Canvas, createCanvas, fillRows } from "./canvas.ts";
import { drawCaption, PANEL_ALPHA, PANEL_COLOUR, TEXT_COLOUR } from "./caption.ts";
import { contrast, type Rgb } from "./colour.ts";

const ACCENT: Rgb = [255, 180, 90];
const TEXTS = { prompt: "a fox in the snow", facts: "model · seed 7" };

function bright(width: number, height: number): Canvas {
  const canvas = createCanvas(width, height);
  fillRows(canvas, () => [255, 255, 255]);
  return canvas;
}

Deno.test("text on the panel has the contrast of print, even over white", () => {
  const ground = PANEL_COLOUR.map((value) => value * PANEL_ALPHA + 255 * (1 - PANEL_ALPHA));
  const [r = 255, g = 255, b = 255] = ground;
  assert(contrast(TEXT_COLOUR, [r, g, b]) >= 7);
});

Deno.test("the panel lies inside the picture and holds dark ground and white letters", () => {
  for (const [width, height] of [[256, 256], [1024, 300], [300, 1024]] as const) {
    const canvas = bright(width, height);
    const panel = drawCaption(canvas, TEXTS, ACCENT);
    assert(panel);
    assert(panel.x > 0 && panel.y > height * 0.4 && panel.y + panel.height < height);
    let dark = 0, white = 0;
    for (let y = Math.ceil(panel.y) + 2; y < panel.y + panel.height - 2; y++) {
      for (let x = Math.ceil(panel.x) + 6; x < panel.x + panel.width - 6; x++) {
        const red = canvas.data[(y * width + x) * 4] as number;
        if (red < 90) dark++;
        if (red > 240) white++;
      }
    }
    assert(white > 80 && dark > white * 3, `${width}x${height}: ${white} white, ${dark} dark`);
  }
});

Deno.test("a long prompt takes more room, but never more than half of the picture", () => {
  const short = drawCaption(bright(512, 512), TEXTS, ACCENT);
  const prompt = "words ".repeat(500);
  const long = drawCaption(bright(512, 512), { ...TEXTS, prompt }, ACCENT);
  assert(short && long && long.height > short.height && long.height < 256);
});

Deno.test("without room there is no panel and nothing is drawn", () => {
  const canvas = bright(24, 24);
  assertEquals(drawCaption(canvas, TEXTS, ACCENT), undefined);
  assert(canvas.data.every((value) => value === 255));
});
