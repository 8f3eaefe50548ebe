import { assert, assertEquals } from "@std/assert";
import { readdirSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { programTests, unitGroups, unitTests } from "./test_files.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

Deno.test("every test of the tree is run, and run once", () => {
  const all = ["lib", "scripts", "skill", "tests"].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith("_test.ts"))
      .map((name) => `${folder}/${name.replaceAll("\\", "/")}`)
  );
  assert(all.length > 200);
  assertEquals([...unitTests(ROOT), ...programTests(ROOT)].sort(), all.sort());
});

Deno.test("tests of the shipped program and of ffmpeg are no unit tests", () => {
  const units = unitTests(ROOT);
  assertEquals(units.filter((file) => /black_box|_ffmpeg_test|^scripts/.test(file)), []);
  assert(programTests(ROOT).includes("tests/black_box/version_test.ts"));
});

Deno.test("the unit tests are dealt out evenly", async () => {
  const folder = await mkdtemp(join(tmpdir(), "sogni-groups-"));
  try {
    const groups = unitGroups(ROOT, folder, 3);
    const imports = await Promise.all(
      groups.map(async (group) =>
        (await readFile(group, "utf8")).match(/^import "file:\/\/.*_test\.ts";$/gm)?.length ?? 0
      ),
    );
    assertEquals(imports.reduce((sum, count) => sum + count, 0), unitTests(ROOT).length);
    assert(Math.max(...imports) - Math.min(...imports) <= 1);
  } finally {
    await rm(folder, { recursive: true });
  }
});
