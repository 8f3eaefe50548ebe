/** Colours that go together. */
import { type Rgb, rgb } from "./colour.ts";

/** The colours of one picture. */
export interface Palette {
  readonly name: string;
  /** From the top of the sky to the horizon. */
  readonly sky: readonly Rgb[];
  /** Sun, moon or lamp. */
  readonly light: Rgb;
  /** The farthest and the nearest silhouette. */
  readonly far: Rgb;
  readonly near: Rgb;
  /** Five colours for shapes that are not landscape. */
  readonly accents: readonly Rgb[];
  /** Words in a prompt that ask for it. */
  readonly words: RegExp;
}

/** Every palette; the choice falls on one by words of the prompt, else by chance. */
export const PALETTES: readonly Palette[] = [
  palette("dawn", "#2b3a67 #6b5b95 #e58f8a #ffd6a5", "#fff1d0 #b58a9d #1f2440", {
    accents: "#f6ae84 #e5707e #6d597a #355070 #ffe3b3",
    words: /\b(dawn|sunrise|morning|pastel)\b/,
  }),
  palette("meadow", "#3f8efc #7fbcff #c9e8ff #f4faee", "#fffbe6 #9cc7d8 #1b4f3f", {
    accents: "#2a9d8f #8ab17d #e9c46a #f4a261 #264653",
    words: /\b(spring|summer|meadow|green|garden|grass|sunny|day)\b/,
  }),
  palette("sunset", "#2d1e4f #7b2d6b #e0525d #ffb35c", "#fff0b8 #b34a6a #1d1030", {
    accents: "#ffb35c #e0525d #7b2d6b #2d1e4f #ffe6b0",
    words: /\b(sunset|dusk|evening|golden hour|fire|lava|dragon|red)\b/,
  }),
  palette("night", "#050816 #0d1b3d #1d3a6d #3f6fa3", "#f4f1de #2b4d77 #050a18", {
    accents: "#f4d35e #7fb2e5 #3f6fa3 #1d3a6d #f4f1de",
    words: /\b(night|moon|midnight|dark|star|stars|starry|space|galaxy|blue)\b/,
  }),
  palette("mist", "#0f3d4c #2d7f86 #8cc9b8 #e8f3d6", "#fffbe0 #7fb7a8 #0c2f36", {
    accents: "#2d7f86 #8cc9b8 #e8f3d6 #f2c57c #0f3d4c",
    words: /\b(mist|misty|fog|foggy|rain|jungle|lake|teal|calm)\b/,
  }),
  palette("desert", "#4a6fa5 #a7b8cc #f3d9b1 #f2b880", "#fff6df #dfa271 #6b2d22", {
    accents: "#d98c5f #f3d9b1 #4a6fa5 #8c3b2a #f6efe0",
    words: /\b(desert|dune|dunes|sand|canyon|mars|egypt|camel)\b/,
  }),
  palette("rose", "#5b4b8a #a06cb0 #f2a6b8 #ffe1d6", "#fff4ee #c98bb4 #3a2350", {
    accents: "#f2a6b8 #a06cb0 #5b4b8a #ffd8a8 #fff0ea",
    words: /\b(rose|pink|love|romantic|flower|flowers|blossom|dream|dreamy|fairy|portrait)\b/,
  }),
  palette("winter", "#5f86b0 #9bbcd9 #d5e5f1 #f7fbfd", "#ffffff #b4cadb #2b455e", {
    accents: "#7ba7cc #d5e5f1 #2b455e #e8b4a0 #ffffff",
    words: /\b(winter|snow|snowy|ice|icy|frozen|arctic|christmas|white)\b/,
  }),
  palette("autumn", "#39495c #a3785f #e8a24c #ffe0a3", "#fff3cf #b8743f #351a12", {
    accents: "#e8a24c #c8553d #588157 #344e41 #ffe0a3",
    words: /\b(autumn|fall|harvest|vintage|retro|coffee|warm|orange)\b/,
  }),
  palette("neon", "#10002b #3c096c #9d4edd #ff6fd8", "#ffd1f5 #5a189a #0b0120", {
    accents: "#00f5d4 #f15bb5 #fee440 #00bbf9 #9b5de5",
    words: /\b(neon|cyberpunk|cyber|synthwave|vaporwave|club|party|disco|purple)\b/,
  }),
];

function palette(
  name: string,
  sky: string,
  lightFarNear: string,
  rest: { accents: string; words: RegExp },
): Palette {
  const [light, far, near] = colours(lightFarNear);
  const black: Rgb = [0, 0, 0];
  return {
    name,
    sky: colours(sky),
    light: light ?? black,
    far: far ?? black,
    near: near ?? black,
    accents: colours(rest.accents),
    words: rest.words,
  };
}

function colours(list: string): Rgb[] {
  return list.split(" ").map(rgb);
}
