import { assert, assertEquals } from "@std/assert";
import { redactDetails, redactText, stripUrlQueries } from "./redact.ts";

Deno.test("text loses its secrets and nothing else", () => {
  const rows: [string, string][] = [
    ["", ""],
    ["a plain sentence", "a plain sentence"],
    ["api-key: 00000000-0000-4000-8000-000000000001", "api-key: [REDACTED]"],
    ["Authorization: Bearer abc", "Authorization: Bearer [REDACTED]"],
    [
      "https://a.example/f?X-Amz-Signature=ab&x=1",
      "https://a.example/f?X-Amz-Signature=[REDACTED]&x=1",
    ],
    ["The API key is missing.", "The API key is missing."],
  ];
  for (const [text, expected] of rows) assertEquals(redactText(text), expected);
});

Deno.test("the key in use goes wherever it stands; short values are no secrets", () => {
  assertEquals(redactText("got my-own-key-1.", ["my-own-key-1\n"]), "got [REDACTED].");
  assertEquals(redactText("a cat", ["cat", ""]), "a cat");
  assertEquals(redactDetails({ sent: ["my-own-key-1"] }, ["my-own-key-1"]), {
    sent: ["[REDACTED]"],
  });
});

Deno.test("details keep the address of a URL and lose its query", () => {
  assertEquals(
    stripUrlQueries("see https://a.example/b?c=d#e and more"),
    "see https://a.example/b and more",
  );
  assertEquals(redactDetails({ url: "https://a.example/b?X-Amz-Date=1", status: 404, n: null }), {
    url: "https://a.example/b",
    status: 404,
    n: null,
  });
  assertEquals(redactDetails({ apiKey: "abc" }), { apiKey: "[REDACTED]" });
});

Deno.test("circles end", () => {
  const circle: Record<string, unknown> = {};
  circle.self = circle;
  assert(JSON.stringify(redactDetails(circle)).includes("[REDACTED]"));
});

Deno.test("text of many addresses takes no time", () => {
  const start = performance.now();
  stripUrlQueries("https://".repeat(50_000));
  stripUrlQueries("https://a?".repeat(50_000));
  assert(performance.now() - start < 2_000);
});
