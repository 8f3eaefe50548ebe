import { assertEquals, assertRejects } from "@std/assert";
import type { Host } from "../platform/host.ts";
import { publishedVersion } from "./published_version.ts";

function answering(text: string, status = 200): Pick<Host, "transfer"> {
  const bytes = new TextEncoder().encode(text);
  return {
    transfer: () => Promise.resolve({ status, statusText: "", headers: [], bytes }),
  };
}

Deno.test("the version is read from the latest document of the package, by the one door", async () => {
  let asked = "";
  const version = await publishedVersion({
    transfer(url, { method, headers, maxBytes, timeoutMs, redirects, allowLoopback }) {
      asked = [
        method,
        new URL(url).pathname,
        headers,
        maxBytes,
        timeoutMs,
        redirects,
        allowLoopback,
      ].join(
        " ",
      );
      return answering('{"version":"3.11.0-beta.2"}').transfer(url, {
        ...{ method, headers, maxBytes, timeoutMs },
      });
    },
  }, "@scope/name");
  assertEquals(version, "3.11.0-beta.2");
  assertEquals(asked, "GET /%40scope%2Fname/latest accept,application/json 1048576 1500 false ");
});

Deno.test("every other answer is no version", async () => {
  const rows: [string, Pick<Host, "transfer">][] = [
    ["redirect", answering("", 302)],
    ["not found", answering('{"version":"3.11.0"}', 404)],
    ["created", answering('{"version":"3.11.0"}', 201)],
    ["no JSON", answering("<html>")],
    ["null", answering("null")],
    ["no version", answering("{}")],
    ["a number", answering('{"version":3}')],
    ["control characters", answering('{"version":"3.11.0-\\u001b[2J"}')],
    ["no network", { transfer: () => Promise.reject(new TypeError("fetch failed")) }],
  ];
  for (const [name, host] of rows) {
    await assertRejects(() => publishedVersion(host, "x"), Error, "", name);
  }
});
