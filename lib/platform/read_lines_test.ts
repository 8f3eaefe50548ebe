import { assertEquals, assertRejects } from "@std/assert";
import { Readable } from "node:stream";
import { readStdinLines } from "./read_lines.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

async function linesOf(chunks: readonly Uint8Array[], maxLineBytes = 100): Promise<string[]> {
  const lines: string[] = [];
  await readStdinLines({ onLine: (line) => lines.push(line), maxLineBytes }, Readable.from(chunks));
  return lines;
}

for (
  const [name, chunks, lines] of [
    ["nothing", [], []],
    ["one line", ["a\n"], ["a"]],
    ["a last line without its end", ["a\nb"], ["a", "b"]],
    ["lines over several chunks", ["a", "b\nc", "\n", "\n"], ["ab", "c", ""]],
    ["carriage returns", ["a\r\nb\r\n"], ["a", "b"]],
  ] as [string, string[], string[]][]
) {
  Deno.test(`reads ${name}`, async () => {
    assertEquals(await linesOf(chunks.map(bytes)), lines);
  });
}

Deno.test("reads characters that arrive in pieces", async () => {
  const whole = bytes("Köln 🎨\n");
  const pieces = Array.from(whole, (_, at) => whole.subarray(at, at + 1));
  assertEquals(await linesOf(pieces), ["Köln 🎨"]);
});

Deno.test("refuses a line that is too long", async () => {
  const error = await assertRejects(() => linesOf([bytes("x".repeat(101))]), Error, "100 bytes");
  assertEquals((error as { code?: string }).code, "EFBIG");
});
