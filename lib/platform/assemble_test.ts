import { assertEquals, assertRejects } from "@std/assert";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createFiles } from "./files.ts";
import type { FilePart } from "./host.ts";

const files = createFiles(tmpdir());

async function inFolder(body: (dir: string) => Promise<void>): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), "assemble-"));
  try {
    await body(dir);
  } finally {
    await rm(dir, { recursive: true });
  }
}

Deno.test("assemble puts bytes and pieces of files in order", async () => {
  await inFolder(async (dir) => {
    const source = join(dir, "source");
    const other = join(dir, "other");
    const data = new Uint8Array(5_000_000).map((_, index) => (index * 31) >> 3);
    await writeFile(source, data);
    await writeFile(other, "OTHER");
    const parts: FilePart[] = [
      { bytes: new TextEncoder().encode("head") },
      { path: source, offset: 10, length: 20 },
      { path: source, offset: 30, length: 5 },
      { path: source, offset: 100, length: 3 },
      { path: other, offset: 1, length: 3 },
      { path: source, offset: 0, length: 2 },
      { path: source, offset: 7, length: 4_500_000 },
      { bytes: new Uint8Array(0) },
      { path: source, offset: 4_999_999, length: 1 },
    ];
    const expected = parts.flatMap((part) =>
      "bytes" in part
        ? [...part.bytes]
        : part.path === other
        ? [..."THE"].map((letter) => letter.charCodeAt(0))
        : [...data.subarray(part.offset, part.offset + part.length)]
    );
    const target = join(dir, "target");
    await files.assemble(target, parts);
    assertEquals(new Uint8Array(await readFile(target)), new Uint8Array(expected));
    assertEquals((await readdir(dir)).sort(), ["other", "source", "target"]);
  });
});

Deno.test("assemble leaves the old file and no temporary one when a piece is missing", async () => {
  await inFolder(async (dir) => {
    const target = join(dir, "target");
    await writeFile(target, "old");
    for (
      const part of [
        { path: join(dir, "absent"), offset: 0, length: 1 },
        { path: target, offset: 2, length: 2 },
      ]
    ) {
      await assertRejects(() => files.assemble(target, [part]));
    }
    assertEquals(await readFile(target, "utf8"), "old");
    assertEquals(await readdir(dir), ["target"]);
    const error = await assertRejects(() => files.assemble(join(dir, "no", "x"), []));
    assertEquals((error as { code?: string }).code, "ENOENT");
  });
});

Deno.test("readRange gives what there is", async () => {
  await inFolder(async (dir) => {
    const file = join(dir, "file");
    await writeFile(file, "0123456789");
    const text = async (offset: number, length: number) =>
      new TextDecoder().decode(await files.readRange(file, offset, length));
    assertEquals(await text(2, 3), "234");
    assertEquals(await text(8, 30), "89");
    assertEquals(await text(30, 3), "");
  });
});
