import { assertEquals, assertRejects } from "@std/assert";
import { resumedBody } from "./resume.ts";

const TEXT = "0123456789";
const HEADERS = { "content-length": "10", "accept-ranges": "bytes", etag: '"a"' };

/** An answer whose body stops after `length` bytes, by an error unless `quietly`. */
function broken(from: number, length: number, init: ResponseInit, quietly = false): Response {
  let isSent = false;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (!isSent) {
        controller.enqueue(new TextEncoder().encode(TEXT.substring(from, from + length)));
      } else if (quietly || from + length === TEXT.length) controller.close();
      else controller.error(new Error("broken"));
      isSent = true;
    },
  });
  return new Response(body, init);
}

function part(from: number, length: number): Response {
  const headers = { "content-range": `bytes ${from}-9/10` };
  return broken(from, length, { status: 206, headers });
}

async function read(
  first: Response,
  next: Response[],
): Promise<{ text: string; asked: Record<string, string>[] }> {
  const asked: Record<string, string>[] = [];
  let text = "";
  const again = (headers: Record<string, string>) => {
    asked.push(headers);
    const answer = next.shift();
    return answer ? Promise.resolve(answer) : Promise.reject(new Error("no more"));
  };
  for await (const chunk of resumedBody(first, again)) text += new TextDecoder().decode(chunk);
  return { text, asked };
}

Deno.test("a whole answer is read once", async () => {
  const { text, asked } = await read(broken(0, 10, { headers: HEADERS }), []);
  assertEquals([text, asked], [TEXT, []]);
});

Deno.test("a broken answer goes on where it broke, more than once", async () => {
  for (const quietly of [false, true]) {
    const first = broken(0, 4, { headers: HEADERS }, quietly);
    const { text, asked } = await read(first, [part(4, 3), part(7, 3)]);
    assertEquals(text, TEXT);
    assertEquals(asked, [
      { range: "bytes=4-", "if-range": '"a"' },
      { range: "bytes=7-", "if-range": '"a"' },
    ]);
  }
});

const FINAL: [string, HeadersInit, Response[]][] = [
  ["a server without parts", { "content-length": "10", etag: '"a"' }, [part(4, 6)]],
  ["a weak tag", { ...HEADERS, etag: 'W/"a"' }, [part(4, 6)]],
  ["packed bytes", { ...HEADERS, "content-encoding": "gzip" }, [part(4, 6)]],
  ["another file by now", HEADERS, [new Response(TEXT)]],
  ["another part", HEADERS, [part(5, 5)]],
  ["an address that is no longer good", HEADERS, [new Response("", { status: 403 })]],
  ["a server that is gone", HEADERS, []],
];
for (const [name, headers, next] of FINAL) {
  Deno.test(`${name}: the transfer ends as it broke`, async () => {
    await assertRejects(() => read(broken(0, 4, { headers }), next), Error, "broken");
  });
}

Deno.test("a connection that breaks each time is given up", async () => {
  const parts = [1, 2, 3, 4, 5, 6].map((from) => part(from, 1));
  await assertRejects(() => read(broken(0, 1, { headers: HEADERS }), parts), Error, "broken");
  assertEquals(parts.length, 3);
});
