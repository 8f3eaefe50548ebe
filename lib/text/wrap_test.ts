import { assertEquals } from "@std/assert";
import { twoColumns, wrap } from "./wrap.ts";

Deno.test("text is broken at blanks and no word is cut", () => {
  assertEquals(wrap("", 10), [""]);
  assertEquals(wrap("one two three", 7), ["one two", "three"]);
  assertEquals(wrap("one two three", 80), ["one two three"]);
  assertEquals(wrap("a incomprehensible b", 5), ["a", "incomprehensible", "b"]);
});

Deno.test("the right column begins beside the left one, or below when that is too long", () => {
  assertEquals(twoColumns("  -n", "how many things to make", 8, 28), [
    "  -n    how many things to",
    "        make",
  ]);
  assertEquals(twoColumns("  --long-name", "text", 8, 28), ["  --long-name", "        text"]);
});
