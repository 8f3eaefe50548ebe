import { assertEquals } from "@std/assert";
import { inHome } from "../../store/testing.ts";
import { freePath } from "./free_path.ts";
import { sameFile } from "./same_file.ts";
import { sweepTemporaryFiles } from "./sweep.ts";

Deno.test("collected results never take the place of a file", () =>
  inHome(async ({ host: { files }, put, home }) => {
    const path = `${home}/name.png`;
    assertEquals(await freePath(files, path), path);
    await put("name.png", "mine");
    assertEquals(await freePath(files, path), `${home}/name-collected.png`);
    await put("name-collected.png", "mine");
    assertEquals(await freePath(files, path), `${home}/name-collected-2.png`);
    const taken = new Set([`${home}/name-collected-2.png`]);
    assertEquals(await freePath(files, path, taken), `${home}/name-collected-3.png`);
    assertEquals(await freePath(files, `${home}/v1.2/name`), `${home}/v1.2/name`);
  }));

Deno.test("only files of the same bytes are the same", () =>
  inHome(async ({ host: { files }, put }) => {
    const big = new Uint8Array(5 * 1024 * 1024).fill(7);
    const other = big.slice();
    other[other.length - 1] = 8;
    const [a, b, c, d] = [
      await put("a", big),
      await put("b", big),
      await put("c", other),
      await put("d", "short"),
    ];
    const answers = [[a, b], [a, c], [a, d], [a, "/nowhere"]].map(([one = "", two = ""]) =>
      sameFile(files, one, two)
    );
    assertEquals(await Promise.all(answers), [true, false, false, false]);
  }));

Deno.test("a sweep takes what downloads of these paths left, and nothing else", () =>
  inHome(async ({ host: { files }, put, home }) => {
    const left = [".a.png.0123456789ab.tmp", ".b.png.ffffffffffff.tmp"];
    const kept = [
      ".a.png.0123456789ab.tmpx",
      ".a.png.012345678.tmp",
      ".c.png.0123456789ab.tmp",
      "a.png.0123456789ab.tmp",
      "a.png",
    ];
    for (const name of [...left, ...kept]) await put(`out/${name}`, "x");
    await put("out/a.png.part-123", "");
    await put("out/b.png.part-123", "full");
    await sweepTemporaryFiles(files, [`${home}/out/a.png`, `${home}/out/b.png`, `${home}/no/c`]);
    assertEquals(await files.list(`${home}/out`), [...kept, "b.png.part-123"].toSorted());
  }));
