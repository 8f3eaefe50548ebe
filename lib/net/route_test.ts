import { assertEquals, assertRejects } from "@std/assert";
import { FileBody } from "../platform/file_body.ts";
import type { TransferOptions, TransferResult } from "../platform/host.ts";
import { createRoutedFetch, type NetworkRoute, targetOf } from "./route.ts";

const ROUTE: NetworkRoute = {
  direct: ["api.test:443", "127.0.0.1:4010"],
  allowLoopback: false,
  forwards: {},
  caCerts: [],
};

/** A routed fetch whose two ways write down what they were asked. */
function routed(answers: Record<string, Response> = {}, given: Partial<TransferResult> = {}) {
  const direct: string[] = [];
  const bodies: unknown[] = [];
  const transfers: [url: string, options: TransferOptions][] = [];
  const fetch = createRoutedFetch(
    ROUTE,
    {
      transfer(url, options) {
        transfers.push([url, options]);
        const bytes = new TextEncoder().encode("elsewhere");
        return Promise.resolve({ status: 200, statusText: "OK", headers: [], bytes, ...given });
      },
    },
    (url, init) => {
      bodies.push(init?.body);
      direct.push(`${init?.method ?? "GET"} ${url} ${init?.redirect}`);
      return Promise.resolve(answers[String(url)] ?? new Response("direct"));
    },
  );
  return { fetch, direct, bodies, transfers };
}

Deno.test("the service is asked directly, everything else by the host", async () => {
  const { fetch, direct, transfers } = routed();
  assertEquals(await (await fetch("https://api.test/v1?x=1")).text(), "direct");
  assertEquals(await (await fetch(new URL("http://127.0.0.1:4010/a"))).text(), "direct");
  const others = [
    "https://api.test:8443/",
    "http://api.test/",
    "https://api.test.evil.test/",
    "https://files.test/",
    "http://127.0.0.1:4011/",
  ];
  for (const url of others) assertEquals(await (await fetch(url)).text(), "elsewhere");
  assertEquals(direct.length, 2);
  assertEquals(transfers.map(([url]) => url), others);
});

Deno.test("an upload from a file is left to the host, and goes to the service piece by piece", async () => {
  const { fetch, transfers, bodies } = routed();
  const parts = [{ path: "/big", offset: 0, length: 4 }];
  const body = new FileBody(parts, { readRange: () => Promise.resolve(new Uint8Array(4)) });
  const upload = { method: "PUT", body, headers: { "content-type": "video/mp4" } };
  await (await fetch("https://files.test/put", upload)).body?.cancel();
  const [[, options] = []] = transfers;
  assertEquals([options?.method, options?.parts, options?.body], ["PUT", parts, undefined]);
  assertEquals(new Headers(options?.headers).get("content-type"), "video/mp4");
  await (await fetch("https://api.test/put", upload)).body?.cancel();
  assertEquals(bodies.at(-1), body);
});

Deno.test("an upload goes out whole, with its type", async () => {
  const { fetch, transfers } = routed({}, { status: 200, headers: [["etag", "x"]] });
  const response = await fetch("https://files.test/put", {
    method: "PUT",
    body: new Blob(["bytes"], { type: "image/png" }),
    headers: { "Content-Type": "image/png" },
  });
  assertEquals([response.ok, response.headers.get("etag")], [true, "x"]);
  const [[, options] = []] = transfers;
  assertEquals([options?.method, new TextDecoder().decode(options?.body)], ["PUT", "bytes"]);
  assertEquals(new Headers(options?.headers).get("content-type"), "image/png");
});

Deno.test("a form goes out with its boundary", async () => {
  const { fetch, transfers } = routed();
  const body = new FormData();
  body.append("file", new Blob(["bytes"]), "a.png");
  await fetch("https://files.test/post", { method: "POST", body });
  const [[, options] = []] = transfers;
  const type = new Headers(options?.headers).get("content-type") ?? "";
  const boundary = /boundary=(.+)$/.exec(type)?.[1] ?? "?";
  assertEquals(new TextDecoder().decode(options?.body).includes(boundary), true);
});

Deno.test("a key is never carried to another origin, nor by a write", async () => {
  const moved = (location: string) => new Response(null, { status: 302, headers: { location } });
  const { fetch, direct } = routed({
    "https://api.test/away": moved("https://evil.test/"),
    "https://api.test/plain": moved("http://api.test/"),
    "https://api.test/same": moved("/v2"),
  });
  for (const [path, init] of [["away", {}], ["plain", {}], ["same", { method: "POST" }]] as const) {
    await assertRejects(() => fetch(`https://api.test/${path}`, init), TypeError, "redirects");
  }
  assertEquals(await (await fetch("https://api.test/same")).text(), "direct");
  assertEquals(direct.at(-1), "GET https://api.test/v2 manual");
  assertEquals((await fetch("https://api.test/away", { redirect: "manual" })).status, 302);
});

Deno.test("a failed transfer is a TypeError that keeps what happened", async () => {
  const fetch = createRoutedFetch(ROUTE, {
    transfer: () => Promise.reject(new Error("URL refused: 10.0.0.1 is not public.")),
  });
  await assertRejects(() => fetch("https://files.test/"), TypeError, "10.0.0.1");
});

Deno.test("an aborted request is not sent", async () => {
  const { fetch, transfers } = routed();
  const signal = AbortSignal.abort();
  await assertRejects(() => fetch("https://files.test/", { signal }), Error);
  assertEquals(transfers, []);
});

Deno.test("answers without a body stay without one", async () => {
  const { fetch } = routed({}, { status: 204, bytes: new Uint8Array() });
  assertEquals((await fetch("https://files.test/")).body, null);
});

Deno.test("host and port of a URL", () => {
  assertEquals(
    ["https://a.test/x", "wss://a.test", "ws://a.test", "http://[::1]:8/"].map((url) =>
      targetOf(new URL(url))
    ),
    ["a.test:443", "a.test:443", "a.test:80", "::1:8"],
  );
});
