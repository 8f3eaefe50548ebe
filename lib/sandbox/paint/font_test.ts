import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { drawableText, FULL_HEIGHT, glyph, textWidth } from "./font.ts";
import { GLYPHS } from "./glyphs.ts";

const UNKNOWN = glyph("東");

Deno.test("every printable character of ASCII has a shape of its own", () => {
  const shapes = new Set<string>();
  for (let code = 33; code < 127; code++) {
    const shape = glyph(String.fromCharCode(code));
    assertNotEquals(shape, UNKNOWN);
    shapes.add(shape.pieces.join());
  }
  assertEquals(shapes.size, 94);
});

Deno.test("glyphs stay inside their width and between top and descender", () => {
  for (const character of Object.keys(GLYPHS)) {
    const { width, pieces } = glyph(character);
    assertEquals(pieces.length % 4, 0);
    for (let i = 0; i < pieces.length; i += 2) {
      const x = pieces[i] as number, y = pieces[i + 1] as number;
      assert(x >= -0.01 && x <= width + 0.01, `${character}: x ${x}`);
      assert(y >= -2 && y <= FULL_HEIGHT + 0.01, `${character}: y ${y}`);
    }
  }
});

const TEXTS: readonly (readonly [string, string])[] = [
  ["Zürich café, naïve Ærø", "Zurich cafe, naive AEro"],
  [
    "straße — “quoted” ‘it’s’ …",
    "straße — “quoted” ‘it’s’ …".replace(/ß/, "ss")
      .replace(/[“”]/g, '"').replace(/[‘’]/g, "'"),
  ],
  ["  two\n\nlines\tand\u00a0blanks ", "two lines and blanks"],
  ["ﬁne Ｆｕｌｌ ①", "fine Full 1"],
  ["family: 👨‍👩‍👧 ☕️", "family: 👨👩👧 ☕"],
  ["a\u0000b\u001b[31m", "a b [31m"],
  ["東京", "東京"],
  ["", ""],
];

for (const [text, drawable] of TEXTS) {
  Deno.test(`${JSON.stringify(text)} is drawn as ${JSON.stringify(drawable)}`, () => {
    assertEquals(drawableText(text), drawable);
  });
}

Deno.test("widths add up, with gaps between letters only", () => {
  assertEquals(textWidth(""), 0);
  assertEquals(textWidth("H"), 10);
  assertEquals(textWidth("HH", 5), 25);
  assertEquals(textWidth("東"), UNKNOWN.width);
});
