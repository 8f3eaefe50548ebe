import { assertEquals, assertThrows } from "@std/assert";
import { encodeClose, encodeFrame, FrameReader, OPCODE, ProtocolError } from "./frames.ts";

const text = (value: string) => new TextEncoder().encode(value);
const read = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

/** A client's frame: as the server's, but masked. */
function masked(opcode: number, payload: Uint8Array, final = true): Uint8Array {
  const plain = encodeFrame(opcode, payload);
  const head = plain.byteLength - payload.byteLength;
  const mask = [1, 2, 3, 4];
  const frame = new Uint8Array([...plain.subarray(0, head), ...mask, ...payload]);
  frame[0] = (final ? 0x80 : 0) | opcode;
  frame[1] = (frame[1] ?? 0) | 0x80;
  for (let index = 0; index < payload.byteLength; index++) {
    frame[head + 4 + index] = (payload[index] ?? 0) ^ (mask[index & 3] ?? 0);
  }
  return frame;
}

Deno.test("messages of every length form come through", () => {
  for (const size of [0, 1, 125, 126, 65_535, 65_536, 200_000]) {
    const payload = new Uint8Array(size).map((_, index) => index % 251);
    const [message] = new FrameReader().push(masked(OPCODE.text, payload));
    assertEquals(message?.payload, payload, String(size));
  }
});

Deno.test("a message cut at every byte is the same message", () => {
  const wire = new Uint8Array([
    ...masked(OPCODE.text, text("first")),
    ...masked(OPCODE.ping, text("p")),
    ...masked(OPCODE.text, text("x".repeat(130))),
  ]);
  for (let cut = 0; cut <= wire.byteLength; cut++) {
    const reader = new FrameReader();
    const messages = [...reader.push(wire.subarray(0, cut)), ...reader.push(wire.subarray(cut))];
    assertEquals(messages.map(({ payload }) => read(payload)), ["first", "p", "x".repeat(130)]);
  }
});

Deno.test("fragments are joined, with control frames between them", () => {
  const reader = new FrameReader();
  const messages = [
    ...reader.push(masked(OPCODE.text, text("one "), false)),
    ...reader.push(masked(OPCODE.ping, text("now"))),
    ...reader.push(masked(OPCODE.continuation, text("two"))),
  ];
  assertEquals(messages.map(({ opcode, payload }) => [opcode, read(payload)]), [
    [OPCODE.ping, "now"],
    [OPCODE.text, "one two"],
  ]);
});

Deno.test("a peer that breaks the protocol is told why", () => {
  const huge = encodeFrame(OPCODE.text, new Uint8Array(70_000));
  new DataView(huge.buffer).setBigUint64(2, 2n ** 40n);
  huge[1] = 0xff;
  const table: [Uint8Array[], number][] = [
    [[encodeFrame(OPCODE.text, text("unmasked"))], 1002],
    [[Uint8Array.of(0xf1, 0x80, 0, 0, 0, 0)], 1002],
    [[masked(OPCODE.continuation, text("nothing before"))], 1002],
    [[masked(OPCODE.text, text("a"), false), masked(OPCODE.text, text("b"))], 1002],
    [[huge], 1009],
  ];
  for (const [frames, code] of table) {
    const reader = new FrameReader();
    const error = assertThrows(() => frames.forEach((frame) => reader.push(frame)), ProtocolError);
    assertEquals(error.closeCode, code);
  }
});

Deno.test("close frames carry code and reason, or nothing", () => {
  assertEquals(encodeClose(4021, "no"), Uint8Array.of(0x88, 4, 0x0f, 0xb5, 0x6e, 0x6f));
  assertEquals(encodeClose(1006, "lost"), Uint8Array.of(0x88, 0));
  assertEquals(encodeClose(1000, "x".repeat(500)).byteLength, 2 + 125);
});
