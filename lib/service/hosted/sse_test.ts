import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { createSseParser, type SseFrame } from "./sse.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

function parse(input: Uint8Array, cuts: readonly number[] = []): SseFrame[] {
  const parser = createSseParser();
  const frames: SseFrame[] = [];
  let at = 0;
  for (const cut of [...cuts].sort((a, b) => a - b)) {
    frames.push(...parser.push(input.subarray(at, cut)));
    at = cut;
  }
  return [...frames, ...parser.push(input.subarray(at)), ...parser.end()];
}

Deno.test("frames of every form", () => {
  const rows: [string, string, SseFrame[]][] = [
    ["plain", "data: a\n\n", [{ event: "message", data: "a" }]],
    ["JSON", 'id: 7\nevent: x\ndata: {"a":1}\n\n', [{ id: "7", event: "x", data: { a: 1 } }]],
    ["two lines", "data: a\ndata: b\n\n", [{ event: "message", data: "a\nb" }]],
    ["one blank dropped", "data:  a\n\n", [{ event: "message", data: " a" }]],
    ["no blank", "data:a\n\n", [{ event: "message", data: "a" }]],
    ["no colon", "data\n\n", [{ event: "message", data: "" }]],
    ["comments", ": hi\n\n:x\ndata: 1\n\n", [{ event: "message", data: 1 }]],
    ["CRLF", "event: e\r\ndata: 1\r\n\r\n", [{ event: "e", data: 1 }]],
    ["CR", "event: e\rdata: 1\r\r", [{ event: "e", data: 1 }]],
    ["mixed", "data: 1\r\n\ndata: 2\n\r\n", [{ event: "message", data: 1 }, {
      event: "message",
      data: 2,
    }]],
    ["unended", "data: 1", [{ event: "message", data: 1 }]],
    ["retry", "retry: 250\n\n", [{ event: "message", data: undefined, retry: 250 }]],
    ["bad retry", "retry: soon\n\n", []],
    ["colon in value", "data: a:b\n\n", [{ event: "message", data: "a:b" }]],
    ["unknown field", "foo: 1\n\n", []],
    ["blank lines", "\n\n\n", []],
    ["byte order mark", "\ufeffdata: 1\n\n", [{ event: "message", data: 1 }]],
  ];
  for (const [name, text, frames] of rows) assertEquals(parse(bytes(text)), frames, name);
});

Deno.test("the size of the pieces does not matter, whatever the line ends", () => {
  const line = fc.constantFrom("data: é🎬", 'data: {"a":1}', "id: 4", "event: e", ": c", "", "x");
  const newline = fc.constantFrom("\n", "\r\n", "\r");
  const text = fc.array(fc.tuple(line, newline), { maxLength: 20 }).map((parts) =>
    parts.map((part) => part.join("")).join("")
  );
  fc.assert(
    fc.property(text, fc.array(fc.nat(400), { maxLength: 12 }), (input, cuts) => {
      const data = bytes(input);
      assertEquals(parse(data, cuts.filter((cut) => cut <= data.length)), parse(data));
    }),
    { numRuns: 500 },
  );
});

Deno.test("the kind of line end does not matter", () => {
  const line = fc.constantFrom("data: a", "id: 4", "event: e", ": c", "");
  fc.assert(fc.property(fc.array(line, { maxLength: 20 }), (lines) => {
    const text = lines.join("\n");
    assertEquals(parse(bytes(text.replaceAll("\n", "\r\n"))), parse(bytes(text)));
    assertEquals(parse(bytes(text.replaceAll("\n", "\r"))), parse(bytes(text)));
  }));
});
