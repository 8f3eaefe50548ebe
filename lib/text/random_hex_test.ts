import { assert, assertEquals, assertMatch } from "@std/assert";
import { randomHex } from "./random_hex.ts";

Deno.test("two digits for each byte, and never the same again", () => {
  assertMatch(randomHex(8), /^[0-9a-f]{16}$/);
  assertEquals(randomHex(0), "");
  assert(randomHex(8) !== randomHex(8));
});
