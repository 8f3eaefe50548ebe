import { assertEquals } from "@std/assert";
import * as fs from "node:fs/promises";
import process from "node:process";
import { leftName } from "../../platform/testing/left_name.ts";
import { inHome } from "../../store/testing.ts";
import { freePath } from "./free_path.ts";
import { sameFile } from "./same_file.ts";
import { sweepBeside } from "./sweep.ts";

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

Deno.test("a sweep takes what dead processes left, and nothing else", () =>
  inHome(async ({ host: { files }, put, home }) => {
    const left = [leftName("a.png"), leftName("other.png")];
    const kept = [
      `${leftName("a.png")}x`,
      leftName("a.png").slice(1),
      leftName("a.png", process.pid.toString(16)),
      "a.png",
    ];
    for (const name of [...left, ...kept]) {
      const path = await put(`out/${name}`, "x");
      await fs.utimes(path, new Date(), new Date(Date.now() - 60_000));
    }
    const young = leftName("young.png");
    await put(`out/${young}`, "x");
    await fs.utimes(`${home}/out/${kept[2]}`, new Date(), new Date());
    await sweepBeside(files, [`${home}/out/a.png`, `${home}/no/c`]);
    assertEquals(await files.list(`${home}/out`), [...kept, young].toSorted());
  }));
