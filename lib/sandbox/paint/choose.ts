/** Which scene and which colours suit a prompt. */
import { type Palette, PALETTES } from "./palettes.ts";
import { pick, type Random } from "./random.ts";
import { aurora } from "./scenes/aurora.ts";
import { bokeh } from "./scenes/bokeh.ts";
import { city } from "./scenes/city.ts";
import { dunes } from "./scenes/dunes.ts";
import { glass } from "./scenes/glass.ts";
import { hills } from "./scenes/hills.ts";
import type { Scene } from "./scenes/scene.ts";
import { tiles } from "./scenes/tiles.ts";
import { waves } from "./scenes/waves.ts";

/** The scenes by name, with the words that ask for them. */
export const SCENES: Readonly<Record<string, { readonly scene: Scene; readonly words: RegExp }>> = {
  waves: {
    scene: waves,
    words:
      /\b(sea|seas|ocean|wave|waves|beach|water|boat|ship|surf|fish|whale|island|river|lake)\b/,
  },
  city: {
    scene: city,
    words:
      /\b(city|cities|street|town|skyline|building|buildings|tower|cyberpunk|car|robot|urban)\b/,
  },
  aurora: {
    scene: aurora,
    words:
      /\b(aurora|northern lights|night|stars|starry|galaxy|space|astronaut|planet|arctic|wolf)\b/,
  },
  dunes: { scene: dunes, words: /\b(desert|dune|dunes|sand|canyon|mars|egypt|camel|pyramid)\b/ },
  hills: {
    scene: hills,
    words:
      /\b(mountain|mountains|hill|hills|forest|tree|trees|landscape|valley|dragon|castle|misty|fox|deer)\b/,
  },
  bokeh: {
    scene: bokeh,
    words:
      /\b(portrait|woman|man|girl|boy|face|light|lights|party|dream|dreamy|bokeh|cat|dog|rain)\b/,
  },
  tiles: {
    scene: tiles,
    words: /\b(logo|pattern|abstract|geometric|icon|poster|design|bauhaus|flat|sticker|minimal)\b/,
  },
  glass: {
    scene: glass,
    words:
      /\b(glass|stained|mosaic|church|cathedral|crystal|crystals|magic|window|flower|flowers)\b/,
  },
};

/** The scene whose words the prompt has, else any. */
export function chooseScene(prompt: string, random: Random): Scene {
  const all = Object.values(SCENES);
  return pick(random, matching(all, prompt)).scene;
}

/** The palette whose words the prompt has, else any. */
export function choosePalette(prompt: string, random: Random): Palette {
  return pick(random, matching(PALETTES, prompt));
}

function matching<T extends { readonly words: RegExp }>(
  items: readonly T[],
  prompt: string,
): readonly T[] {
  const text = prompt.toLowerCase();
  const found = items.filter(({ words }) => words.test(text));
  return found.length > 0 ? found : items;
}
