import { assertEquals, assertThrows } from "@std/assert";
import * as fc from "fast-check";
import { readTar, type TarEntry, writeTar } from "./tar_archive.ts";

Deno.test("what goes into an archive comes out of it", () => {
  const name = fc.array(fc.stringMatching(/^[a-zß.]{1,30}$/), { minLength: 1, maxLength: 8 })
    .map((parts) => parts.join("/"));
  const entry: fc.Arbitrary<TarEntry> = fc.record({
    name,
    mode: fc.integer({ min: 0, max: 0o777 }),
    modifiedAt: fc.integer({ min: 0, max: 4e9 }),
    data: fc.uint8Array({ maxLength: 1500 }),
  });
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 5 }), (entries) => {
      assertEquals(readTar(writeTar(entries)), entries);
    }),
    { numRuns: 60 },
  );
});

Deno.test("folders and links have no data", () => {
  const entries = [
    { name: "sogni/", mode: 0o700, modifiedAt: 1 },
    { name: "sogni/link", mode: 0o777, modifiedAt: 1, link: `/${"far/".repeat(40)}` },
  ];
  assertEquals(readTar(writeTar(entries)), entries);
});

Deno.test("an archive that is cut off or changed is refused", () => {
  const archive = writeTar([{ name: "a", mode: 0o600, modifiedAt: 1, data: new Uint8Array(700) }]);
  for (const length of [0, 100, 512, 1100]) {
    assertThrows(() => readTar(archive.slice(0, length)), Error, "cut off");
  }
  const changed = archive.slice();
  changed[0] = 98;
  assertThrows(() => readTar(changed), Error, "damaged");
});
