import { assert, assertEquals } from "@std/assert";
import { meanDifference } from "../../media/image/testing.ts";
import { resize } from "../../media/image/resize.ts";
import { createCanvas } from "./canvas.ts";
import { choosePalette, chooseScene, SCENES } from "./choose.ts";
import { PALETTES } from "./palettes.ts";
import { randomFrom } from "./random.ts";

const WORDS = [
  ["A Lighthouse by the SEA", "waves"],
  ["neon city", "city"],
  ["camel in the desert", "dunes"],
  ["mountain", "hills"],
  ["abstract logo", "tiles"],
  ["a cathedral of crystal", "glass"],
  ["portrait", "bokeh"],
  ["northern lights", "aurora"],
] as const;

Deno.test("words of the prompt choose the scene", () => {
  for (const [prompt, name] of WORDS) {
    for (const seed of ["1", "2", "3"]) {
      const scene = chooseScene(prompt, randomFrom(seed));
      // "northern lights" also has a word of another scene.
      if (name !== "aurora") assertEquals(scene, SCENES[name]?.scene, prompt);
    }
  }
});

Deno.test("words of the prompt choose the colours", () => {
  for (const [word, name] of [["sunset", "sunset"], ["Snowy", "winter"], ["neon", "neon"]]) {
    assertEquals(choosePalette(`a ${word} thing`, randomFrom("1")).name, name);
  }
});

Deno.test("a prompt without known words gets every scene and palette in time", () => {
  const random = randomFrom("any");
  const scenes = new Set(Array.from({ length: 200 }, () => chooseScene("xyzzy", random)));
  const palettes = new Set(Array.from({ length: 200 }, () => choosePalette("xyzzy", random)));
  assertEquals([scenes.size, palettes.size], [Object.keys(SCENES).length, PALETTES.length]);
});

for (const [name, { scene }] of Object.entries(SCENES)) {
  Deno.test(`${name}: paints all of the canvas, in many colours, alike at every size`, () => {
    const palette = PALETTES[2];
    assert(palette);
    const draw = (size: number, seed: string) => {
      const canvas = createCanvas(size, size);
      canvas.words.fill(0);
      scene(canvas, palette, randomFrom(seed));
      return canvas;
    };
    const small = draw(160, "a");
    assert(small.words.every((pixel) => pixel >>> 24 === 255));
    assert(new Set(small.words).size >= 12);
    assert(meanDifference(resize(draw(320, "a"), 160, 160), small) < 5);
    assert(meanDifference(draw(160, "b"), small) > 3);
  });
}
