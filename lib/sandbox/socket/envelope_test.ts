import { assertEquals } from "@std/assert";
import { decodeEnvelope, encodeEnvelope } from "./envelope.ts";

Deno.test("data of every kind survives the envelope", () => {
  for (const data of [{ a: 1 }, "fast", { text: "Grüße, 日本 🎈" }, {}]) {
    assertEquals(decodeEnvelope(encodeEnvelope("name", data)), { type: "name", data });
  }
});

Deno.test("the data is base64 of UTF-8 JSON", () => {
  assertEquals(encodeEnvelope("t", { a: "é" }), '{"type":"t","data":"eyJhIjoiw6kifQ=="}');
});

Deno.test("what is no envelope is nothing", () => {
  for (
    const text of [
      "",
      "3",
      "{}",
      '{"type":"a"}',
      '{"type":"a","data":3}',
      '{"type":"a","data":"!"}',
    ]
  ) {
    assertEquals(decodeEnvelope(text), undefined, text);
  }
});
