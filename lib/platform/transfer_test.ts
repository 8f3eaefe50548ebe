import { assertEquals, assertRejects } from "@std/assert";
import * as fs from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import * as os from "node:os";
import * as path from "node:path";
import type { TransferOptions } from "./host.ts";
import { transfer } from "./transfer.ts";

const OPTIONS: TransferOptions = {
  method: "GET",
  headers: [],
  maxBytes: 1000,
  timeoutMs: 2000,
  allowLoopback: true,
};

/** A door that answers from a list and writes down what it was asked. */
function doorWith(...answers: Response[]) {
  const asked: { url: string; init: RequestInit }[] = [];
  return {
    asked,
    fetch(url: URL, init: RequestInit): Promise<Response> {
      asked.push({ url: url.href, init });
      const answer = answers.shift();
      return answer ? Promise.resolve(answer) : Promise.reject(new Error("nothing left to answer"));
    },
  };
}

function redirect(location: string): Response {
  return new Response(null, { status: 302, headers: { location } });
}

Deno.test("bytes go out and come back with status and headers", async () => {
  const door = doorWith(new Response("stored", { status: 201, headers: { etag: "x" } }));
  const body = new TextEncoder().encode("hello");
  const result = await transfer("https://files.test/put?sig=1", {
    ...OPTIONS,
    method: "PUT",
    headers: [["content-type", "image/png"]],
    body,
  }, door);
  assertEquals([result.status, new TextDecoder().decode(result.bytes)], [201, "stored"]);
  assertEquals(result.headers.find(([name]) => name === "etag"), ["etag", "x"]);
  const [request] = door.asked;
  assertEquals([request?.url, request?.init.body], ["https://files.test/put?sig=1", body]);
});

Deno.test("parts of files go out as one body", async () => {
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), "transfer-"));
  try {
    const file = path.join(folder, "in");
    await fs.writeFile(file, "0123456789");
    const door = doorWith(new Response());
    await transfer("https://files.test/put", {
      ...OPTIONS,
      method: "PUT",
      parts: [{ bytes: new Uint8Array([65]) }, { path: file, offset: 2, length: 3 }],
    }, door);
    assertEquals(await new Response(door.asked[0]?.init.body).text(), "A234");
  } finally {
    await fs.rm(folder, { recursive: true });
  }
});

Deno.test("headers that are meant for the service stay home", async () => {
  const door = doorWith(new Response());
  const secrets = ["authorization", "Api-Key", "cookie", "X-App-Source", "x-sogni-x", "x-api-key"];
  await transfer("https://files.test/", {
    ...OPTIONS,
    headers: [...secrets.map((name): [string, string] => [name, "secret"]), ["x-amz-acl", "p"]],
  }, door);
  assertEquals([...new Headers(door.asked[0]?.init.headers)], [["x-amz-acl", "p"]]);
});

Deno.test("reading follows redirects, each by the door; writing follows none", async () => {
  const door = doorWith(redirect("/b"), redirect("https://other.test/c"), new Response("c"));
  const result = await transfer("https://files.test/a", OPTIONS, door);
  assertEquals(new TextDecoder().decode(result.bytes), "c");
  assertEquals(door.asked.map(({ url }) => url), [
    "https://files.test/a",
    "https://files.test/b",
    "https://other.test/c",
  ]);
  for (const method of ["PUT", "POST", "DELETE"]) {
    const one = doorWith(redirect("/b"), new Response());
    const error = await assertRejects(
      () => transfer("https://files.test/a", { ...OPTIONS, method }, one),
      Error,
      method,
    );
    assertEquals([(error as { code?: string }).code, one.asked.length], ["EREDIRECT", 1]);
  }
});

Deno.test("where redirects are not wanted reading follows none, either", async () => {
  const door = doorWith(redirect("/b"), new Response());
  const options = { ...OPTIONS, redirects: false } as const;
  const error = await assertRejects(() => transfer("https://a.test/a", options, door));
  assertEquals((error as { code?: string }).code, "EREDIRECT");
});

Deno.test("redirects end, and never lead to this machine", async () => {
  const endless = doorWith(...Array.from({ length: 9 }, () => redirect("/again")));
  await assertRejects(() => transfer("https://files.test/a", OPTIONS, endless), Error, "more than");
  assertEquals(endless.asked.length, 6);
  const inward = doorWith(redirect("http://127.0.0.1:9/secret"));
  await assertRejects(
    () => transfer("https://files.test/a", OPTIONS, inward),
    Error,
    "this machine",
  );
  assertEquals(inward.asked.length, 1);
});

Deno.test("an answer above the cap is refused", async () => {
  const door = doorWith(new Response("x".repeat(2000)));
  const error = await assertRejects(() => transfer("https://files.test/", OPTIONS, door), Error);
  assertEquals((error as { code?: string }).code, "EFBIG");
});

Deno.test("this machine is asked directly where that is allowed, else the door decides", async () => {
  const seen: string[] = [];
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    seen.push(`${request.method} ${request.url}`);
    response.end("here");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/x`;
    const door = doorWith();
    assertEquals((await transfer(url, OPTIONS, door)).status, 200);
    await assertRejects(() => transfer(url, { ...OPTIONS, allowLoopback: false }, door), Error);
    assertEquals([seen, door.asked.length], [["GET /x"], 1]);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});
