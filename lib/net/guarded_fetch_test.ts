import { assertEquals } from "@std/assert";
import { AppError } from "../errors/app_error.ts";
import type { Transport } from "./fetch.ts";
import { guardedFetch } from "./guarded_fetch.ts";

/** Locations that the fake server redirects to, one a request; then it answers 200. */
interface Case {
  name: string;
  hops: readonly string[];
  status?: number;
  expected: string;
  requests: number;
}

const PUBLIC = "https://203.0.114.7/b";

const CASES: readonly Case[] = [
  { name: "R1", hops: [PUBLIC], expected: "200", requests: 2 },
  { name: "R2 relative", hops: ["/b"], expected: "200", requests: 2 },
  { name: "R3", hops: ["http://169.254.169.254/"], expected: "blocked-address", requests: 1 },
  {
    name: "R4",
    hops: ["https://127.0.0.1/"],
    status: 301,
    expected: "blocked-address",
    requests: 1,
  },
  { name: "R5", hops: ["https://[::ffff:127.0.0.1]/"], expected: "blocked-address", requests: 1 },
  { name: "R6", hops: ["file:///etc/passwd"], expected: "protocol", requests: 1 },
  { name: "R7", hops: ["https://user:pw@93.184.216.34/"], expected: "credentials", requests: 1 },
  { name: "R8", hops: ["https://rebind.example/"], expected: "200", requests: 2 },
  { name: "R9 downgrade", hops: ["http://93.184.216.34/"], expected: "downgrade", requests: 1 },
  { name: "R11", hops: ["http://[bad"], expected: "invalid-redirect", requests: 1 },
  { name: "R12", hops: new Array(5).fill("/n"), expected: "200", requests: 6 },
  { name: "R13", hops: new Array(6).fill("/n"), expected: "too-many-redirects", requests: 6 },
];

Deno.test("redirects are checked hop by hop", async () => {
  for (const { name, hops, status, expected, requests } of CASES) {
    const seen: string[] = [];
    const transport: Transport = (url) => {
      const location = hops[seen.push(url.href) - 1];
      return Promise.resolve(
        location === undefined
          ? new Response("ok")
          : new Response(null, { status: status ?? 302, headers: { location } }),
      );
    };
    assertEquals(await outcome(transport), expected, name);
    assertEquals(seen.length, requests, name);
  }
});

Deno.test("R10: a 304 without a location is returned as it is", async () => {
  assertEquals(await outcome(() => Promise.resolve(new Response(null, { status: 304 }))), "304");
});

Deno.test("R8: one lookup a hop, and its answer reaches the transport", async () => {
  const answers = [["93.184.216.34"], ["10.0.0.1"]];
  let lookups = 0;
  const reached: (readonly string[] | undefined)[] = [];
  await guardedFetch("https://rebind.example/", {
    resolve: () => Promise.resolve(answers[lookups++] ?? []),
    transport: (_url, request) => {
      reached.push(request.addresses);
      return Promise.resolve(new Response("ok"));
    },
  });
  assertEquals([lookups, reached], [1, [["93.184.216.34"]]]);
});

Deno.test("R14: secrets stay with their origin", async () => {
  const sent: string[][] = [];
  await guardedFetch("https://93.184.216.34/a", {
    headers: {
      "api-key": "k",
      authorization: "Bearer k",
      cookie: "c",
      "x-sogni-operation-id": "o",
      "x-app-source": "s",
      accept: "image/png",
    },
    transport: (_url, request) => {
      sent.push([...request.headers.keys()]);
      return Promise.resolve(
        sent.length === 1
          ? new Response(null, { status: 307, headers: { location: PUBLIC } })
          : new Response("ok"),
      );
    },
  });
  assertEquals(sent[0]?.includes("api-key"), true);
  assertEquals(sent[1], ["accept"]);
});

async function outcome(transport: Transport): Promise<string> {
  try {
    const response = await guardedFetch("https://93.184.216.34/a", {
      transport,
      resolve: () => Promise.resolve(["93.184.216.34"]),
    });
    await response.body?.cancel();
    return String(response.status);
  } catch (error) {
    if (error instanceof AppError) return String(error.details?.reason);
    throw error;
  }
}
