import { assertEquals } from "@std/assert";
import { createOutbox } from "./outbox.ts";

function send(messages: string[], faults: { duplicate: boolean; reorder: boolean }): string {
  const wire: string[] = [];
  const outbox = createOutbox((type) => void wire.push(type), faults);
  for (const message of messages) outbox.emit(message, {});
  outbox.flush();
  return wire.join("");
}

Deno.test("messages come in order, twice, or with neighbours swapped", () => {
  const messages = ["a", "b", "c", "d", "e"];
  assertEquals(send(messages, { duplicate: false, reorder: false }), "abcde");
  assertEquals(send(messages, { duplicate: true, reorder: false }), "aabbccddee");
  assertEquals(send(messages, { duplicate: false, reorder: true }), "badce");
  assertEquals(send(messages, { duplicate: true, reorder: true }), "bbaaddccee");
});
