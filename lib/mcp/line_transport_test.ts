import { assertEquals } from "@std/assert";
import { LineTransport } from "./line_transport.ts";

function transport(): { made: LineTransport; written: string[]; messages: unknown[] } {
  const written: string[] = [];
  const messages: unknown[] = [];
  const made = new LineTransport((line) => written.push(line));
  made.onmessage = (message) => messages.push(message);
  return { made, written, messages };
}

Deno.test("a line is a message, both ways", async () => {
  const { made, written, messages } = transport();
  const message = { jsonrpc: "2.0", id: 1, method: "ping" } as const;
  made.receive(JSON.stringify(message));
  made.receive("  ");
  await made.send(message);
  assertEquals(messages, [message]);
  assertEquals(written, [`${JSON.stringify(message)}\n`]);
});

for (
  const [line, code] of [["nonsense", -32700], ['{"a":', -32700], ["[1]", -32600], ["{}", -32600]]
) {
  Deno.test(`${line} is answered with ${code}`, () => {
    const { made, written, messages } = transport();
    made.receive(String(line));
    assertEquals(messages, []);
    const { id, error } = JSON.parse(written[0] ?? "");
    assertEquals([id, error.code], [null, code]);
  });
}

Deno.test("nothing is read or written after the end", async () => {
  const { made, written, messages } = transport();
  let closed = 0;
  made.onclose = () => closed++;
  await made.close();
  await made.close();
  made.receive('{"jsonrpc":"2.0","id":1,"method":"ping"}');
  await made.send({ jsonrpc: "2.0", id: 1, result: {} });
  assertEquals([closed, written, messages], [1, [], []]);
});
