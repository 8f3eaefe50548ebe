import { assertEquals } from "@std/assert";
import { byteRange } from "./byte_range.ts";

Deno.test("ranges of a file of ten bytes", () => {
  const table: [string | undefined, ReturnType<typeof byteRange>][] = [
    [undefined, undefined],
    ["bytes=0-", { start: 0, end: 9 }],
    ["bytes=3-5", { start: 3, end: 5 }],
    ["bytes=3-99", { start: 3, end: 9 }],
    ["bytes=-4", { start: 6, end: 9 }],
    ["bytes=-40", { start: 0, end: 9 }],
    ["bytes=10-", "unsatisfiable"],
    ["bytes=5-3", "unsatisfiable"],
    ["bytes=-", undefined],
    ["bytes=1-2,4-5", undefined],
    ["items=1-2", undefined],
  ];
  for (const [header, expected] of table) assertEquals(byteRange(header, 10), expected, header);
});
