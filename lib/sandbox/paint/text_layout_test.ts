import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { textWidth } from "./font.ts";
import { cutText, wrapText } from "./text_layout.ts";

const WIDTH = textWidth("mmmmm mmmmm");

Deno.test("lines break at blanks", () => {
  assertEquals(wrapText("mmmmm mmmmm mmm", WIDTH, 3), {
    lines: ["mmmmm mmmmm", "mmm"],
    cut: false,
  });
  assertEquals(wrapText("", WIDTH, 3), { lines: [], cut: false });
});

Deno.test("a word longer than a line is broken", () => {
  assertEquals(wrapText("m".repeat(20), WIDTH, 3).lines.join(""), "m".repeat(20));
});

Deno.test("what does not fit ends with an ellipsis", () => {
  const { lines, cut } = wrapText("mmmmm mmmmm mmmmm mmmmm mmmmm", WIDTH, 2);
  assertEquals([lines.length, cut], [2, true]);
  assert(lines[1]?.endsWith("m…"));
  assertEquals(cutText("mmm", WIDTH), "mmm");
  assert(cutText("m".repeat(40), WIDTH).endsWith("…"));
});

Deno.test("no line is wider than allowed, no word is lost or repeated", () => {
  const text = fc.array(
    fc.string({ minLength: 1, maxLength: 14 }).map((s) => s.replace(/\s/g, "x")),
  );
  fc.assert(
    fc.property(text, fc.integer({ min: 1, max: 5 }), (words, maxLines) => {
      const { lines, cut } = wrapText(words.join(" "), 90, maxLines);
      assert(lines.length <= maxLines);
      for (const line of lines) assert(textWidth(line) <= 90, line);
      const all = words.join(""), kept = lines.join("").replaceAll(" ", "");
      if (cut) assert(all.startsWith(kept.slice(0, -1)));
      else assertEquals(kept, all.replaceAll(" ", ""));
    }),
    { seed: 11, numRuns: 300 },
  );
});
