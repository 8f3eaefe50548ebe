import { assertEquals } from "@std/assert";
import { jsonLine } from "./json_line.ts";

Deno.test("JSON lines hold nothing that a terminal obeys, and parse to what was given", () => {
  const rows: [string, string][] = [
    ["plain ü 漢", '"plain ü 漢"'],
    ["\u001b[31m", '"\\u001b[31m"'],
    ["\u007f", '"\\u007f"'],
    ["\u009b31m\u0085", '"\\u009b31m\\u0085"'],
    ["a\u2028b\u2029c", '"a\\u2028b\\u2029c"'],
    ["\u202egnp.exe\u2069", '"\\u202egnp.exe\\u2069"'],
    ["\u00a0\u200d", '"\u00a0\u200d"'],
  ];
  for (const [text, json] of rows) {
    assertEquals(jsonLine(text), json);
    assertEquals(JSON.parse(jsonLine({ [text]: [text] })), { [text]: [text] });
  }
});
