import { assertEquals, assertRejects } from "@std/assert";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { FileBody } from "./file_body.ts";
import type { FilePart } from "./host.ts";

/** Files by name, and the ranges that were read. */
function filesOf(files: Readonly<Record<string, Uint8Array>>) {
  const read: [path: string, offset: number, length: number][] = [];
  return {
    read,
    readRange(path: string, offset: number, length: number) {
      read.push([path, offset, length]);
      const bytes = files[path] ?? new Uint8Array();
      return Promise.resolve(new Uint8Array(bytes.subarray(offset, offset + length)));
    },
  };
}

const LARGE = Uint8Array.from({ length: 600_000 }, (_, index) => index % 251);
const PARTS: readonly FilePart[] = [
  { bytes: new Uint8Array([1, 2]) },
  { path: "large", offset: 5, length: 599_000 },
  { bytes: new Uint8Array([3]) },
];
const WHOLE = new Uint8Array([1, 2, ...LARGE.subarray(5, 599_005), 3]);

Deno.test("the parts follow each other, read in pieces and only when they are asked for", async () => {
  const files = filesOf({ large: LARGE });
  const body = new FileBody(PARTS, files);
  assertEquals([body.size, files.read.length], [WHOLE.length, 0]);
  assertEquals(new Uint8Array(await body.arrayBuffer()), WHOLE);
  assertEquals(files.read.every(([, , length]) => length <= 64 * 1024), true);
  const reader = new FileBody(PARTS, files).stream().getReader();
  files.read.length = 0;
  await reader.read();
  await reader.read();
  await reader.cancel();
  assertEquals(files.read.length, 1);
});

Deno.test("a file that became shorter is an error, not a short body", async () => {
  const files = filesOf({ large: LARGE.subarray(0, 1000) });
  await assertRejects(() => new FileBody(PARTS, files).arrayBuffer(), Error, "became shorter");
});

Deno.test("fetch sends it with its length, and again when asked again", async () => {
  const received: [length: string | undefined, coding: string | undefined, bytes: number][] = [];
  const server = createServer((request, response) => {
    let bytes = 0;
    request.on("data", (chunk: Uint8Array) => bytes += chunk.length);
    request.on("end", () => {
      const { "content-length": length, "transfer-encoding": coding } = request.headers;
      received.push([length, coding, bytes]);
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const body = new FileBody(PARTS, filesOf({ large: LARGE }));
    for (let time = 0; time < 2; time++) {
      const response = await fetch(url, { method: "PUT", body });
      await response.body?.cancel();
    }
    const one = [String(WHOLE.length), undefined, WHOLE.length] as const;
    assertEquals(received, [[...one], [...one]]);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});
