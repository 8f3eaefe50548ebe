import { assertEquals, assertRejects } from "@std/assert";
import type { Transport } from "./fetch.ts";
import { publishedVersion } from "./published_version.ts";

function answering(body: string | Uint8Array<ArrayBuffer>, status = 200): Transport {
  return () => Promise.resolve(new Response(status === 302 ? null : body, { status }));
}

Deno.test("the version is read from the latest document of the package", async () => {
  let asked = "";
  const version = await publishedVersion("@scope/name", (url, { method, headers, signal }) => {
    asked = `${method} ${url.pathname} ${headers.get("authorization")} ${
      signal instanceof AbortSignal
    }`;
    return Promise.resolve(Response.json({ name: "@scope/name", version: "3.11.0-beta.2" }));
  });
  assertEquals(version, "3.11.0-beta.2");
  assertEquals(asked, "GET /%40scope%2Fname/latest null true");
});

Deno.test("every other answer is no version", async () => {
  const rows: [string, Transport][] = [
    ["redirect", answering("", 302)],
    ["not found", answering('{"version":"3.11.0"}', 404)],
    ["created", answering('{"version":"3.11.0"}', 201)],
    ["no JSON", answering("<html>")],
    ["null", answering("null")],
    ["no version", answering("{}")],
    ["a number", answering('{"version":3}')],
    ["control characters", answering('{"version":"3.11.0-\\u001b[2J"}')],
    ["too long", answering(new Uint8Array(1024 * 1024 + 1).fill(32))],
    ["no network", () => Promise.reject(new TypeError("fetch failed"))],
  ];
  for (const [name, transport] of rows) {
    await assertRejects(() => publishedVersion("x", transport), Error, "", name);
  }
});
