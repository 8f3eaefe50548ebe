import { assert, assertEquals, assertThrows } from "@std/assert";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { changeSmallFile } from "./change_small_file.ts";
import { lockFile, unlockFile } from "./file_lock.ts";
import { isThere, readSmallFile } from "./small_file.ts";

async function inFolder(body: (folder: string) => Promise<void>): Promise<void> {
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), "sogni-small-"));
  try {
    await body(folder);
  } finally {
    await fs.rm(folder, { recursive: true, force: true });
  }
}

Deno.test("a small file is changed at once, privately and without leftovers", () =>
  inFolder(async (folder) => {
    const file = path.join(folder, "sub", "record.json");
    assertEquals(readSmallFile(file), undefined);
    assert(changeSmallFile(file, (text) => `${text}1`));
    assert(changeSmallFile(file, (text) => `${text}2`));
    assert(changeSmallFile(file, () => undefined));
    assertEquals(readSmallFile(file), "undefined12");
    assertEquals((await fs.stat(file)).mode & 0o777, 0o600);
    assertEquals((await fs.readdir(path.dirname(file))).sort(), [
      "record.json",
      "record.json.lock",
    ]);
  }));

Deno.test("it gives way to a holder of the same lock", () =>
  inFolder(async (folder) => {
    const file = path.join(folder, "record.json");
    const token = await lockFile(`${file}.lock`, 0) ?? "";
    assertEquals(changeSmallFile(file, () => "lost"), false);
    await unlockFile(token);
    assert(changeSmallFile(file, () => "written"));
    assertEquals(readSmallFile(file), "written");
  }));

Deno.test("a folder in the way is an error, and large files are not read", () =>
  inFolder(async (folder) => {
    await fs.mkdir(path.join(folder, "record.json"));
    assertThrows(() => changeSmallFile(path.join(folder, "record.json"), () => "x"));
    await fs.writeFile(path.join(folder, "large"), new Uint8Array(65 * 1024));
    assertEquals(readSmallFile(path.join(folder, "large")), undefined);
    assert(isThere(path.join(folder, "large")));
    assert(!isThere(path.join(folder, "absent")));
  }));
