import { assertEquals } from "@std/assert";
import { compareVersions, isVersion } from "./compare_versions.ts";

Deno.test("versions are ordered by their numbers, then by their prerelease", () => {
  const ordered = ["0.9.9", "1.0.0-alpha", "1.0.0-beta", "1.0.0", "1.0.2", "1.0.10", "2.0.0"];
  for (const [i, a] of ordered.entries()) {
    for (const [j, b] of ordered.entries()) {
      assertEquals(Math.sign(compareVersions(a, b)), Math.sign(i - j), `${a} ${b}`);
    }
  }
});

Deno.test("what is no version compares as equal", () => {
  for (
    const text of ["v9.9.9", "9.9", "9.9.9.9", "9.9.9+build", "latest", "", "9.9.9-\u001b[31m"]
  ) {
    assertEquals(isVersion(text), false, text);
    assertEquals(compareVersions(text, "1.0.0"), 0, text);
    assertEquals(compareVersions("1.0.0", text), 0, text);
  }
});
