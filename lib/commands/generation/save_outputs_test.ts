import { assertEquals, assertStringIncludes } from "@std/assert";
import { isText, writeFailure } from "./save_outputs.ts";

const HINTS: [code: string, words: string][] = [
  ["EACCES", "not writable"],
  ["ENOSPC", "disk is full"],
  ["EISDIR", "is a folder"],
  ["ENOTDIR", "is a file, not a folder"],
  ["EEXIST", "is a file, not a folder"],
  ["ENOENT", "could not be made"],
  ["EWHAT", "Choose another path"],
];

for (const [code, words] of HINTS) {
  Deno.test(`${code} has a hint of its own`, () => {
    const error = writeFailure("a/b.png", code, "no", undefined, " Paid.");
    assertEquals([error.code, error.details], [
      "OUTPUT_WRITE_FAILED",
      { filePath: "a/b.png", cause: code },
    ]);
    assertStringIncludes(error.hint ?? "", words);
    assertStringIncludes(error.hint ?? "", " Paid.");
  });
}

Deno.test("a place that the runtime refuses reads like one that the system refuses", () => {
  const cause = Object.assign(new Error("compile with --allow-all"), { name: "NotCapable" });
  const error = writeFailure("/proc/x.png", "", cause.message, cause);
  assertEquals(error.message, "Cannot write /proc/x.png: this place may not be written");
  assertEquals(error.details, { filePath: "/proc/x.png", cause: "EACCES" });
});

const TEXTS: [contentType: string | null, head: string, expected: boolean][] = [
  ["text/html; charset=utf-8", "anything", true],
  ["application/json", "1", true],
  ["application/xml", "x", true],
  ["image/svg+xml", "x", true],
  ["image/png", "\xef\xbb\xbf\n <!doctype html>", true],
  [null, '{"status":"error"}', true],
  ["image/png", "no picture that we know", false],
  ["application/octet-stream", "\x00\x01", false],
  [null, "", false],
];

for (const [contentType, head, expected] of TEXTS) {
  Deno.test(`${contentType} ${JSON.stringify(head)} is ${expected ? "" : "not "}text`, () => {
    const bytes = Uint8Array.from(head, (letter) => letter.charCodeAt(0));
    assertEquals(isText(contentType, bytes), expected);
  });
}
