import { assert, assertEquals, assertRejects } from "@std/assert";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { lockFile, unlockFile } from "./file_lock.ts";

async function inFolder(body: (folder: string) => Promise<void>): Promise<void> {
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), "sogni-lock-"));
  try {
    await body(folder);
  } finally {
    await fs.rm(folder, { recursive: true, force: true });
  }
}

Deno.test("a lock has one holder at a time", () =>
  inFolder(async (folder) => {
    const file = path.join(folder, "new", "a.lock");
    const first = await lockFile(file, 0);
    assert(first);
    assertEquals(await lockFile(file, 0), undefined);
    assertEquals(await lockFile(file, 30), undefined);
    await unlockFile(first);
    const second = await lockFile(file, 0);
    assert(second);
    await unlockFile(second);
  }));

Deno.test("a waiting holder gets the lock when it is given back", () =>
  inFolder(async (folder) => {
    const file = path.join(folder, "a.lock");
    const first = await lockFile(file, 0);
    assert(first);
    const waiting = lockFile(file, 5000);
    setTimeout(() => unlockFile(first), 30);
    const second = await waiting;
    assert(second);
    await unlockFile(second);
  }));

Deno.test("an attempt that fails does not take the lock from its holder", () =>
  inFolder(async (folder) => {
    const file = path.join(folder, "a.lock");
    const first = await lockFile(file, 0);
    assert(first);
    for (let attempt = 0; attempt < 3; attempt++) assertEquals(await lockFile(file, 0), undefined);
    await unlockFile(first);
  }));

Deno.test("different files are locked apart", () =>
  inFolder(async (folder) => {
    const tokens = await Promise.all(
      ["a", "b"].map((name) => lockFile(path.join(folder, name), 0)),
    );
    for (const token of tokens) {
      assert(token);
      await unlockFile(token);
    }
  }));

Deno.test("the lock file stays empty and private, and nothing lies beside it", () =>
  inFolder(async (folder) => {
    const file = path.join(folder, "a.lock");
    const token = await lockFile(file, 0);
    assert(token);
    await unlockFile(token);
    const info = await fs.stat(file);
    assertEquals(info.size, 0);
    if (os.platform() !== "win32") assertEquals(info.mode & 0o777, 0o600);
    assertEquals(await fs.readdir(folder), ["a.lock"]);
  }));

Deno.test("a token is good for one release", () =>
  inFolder(async (folder) => {
    const file = path.join(folder, "a.lock");
    const first = await lockFile(file, 0);
    assert(first);
    await unlockFile(first);
    const second = await lockFile(file, 0);
    assert(second);
    await unlockFile(first);
    assertEquals(await lockFile(file, 0), undefined);
    await unlockFile(second);
  }));

Deno.test("what is no lock file is refused", () =>
  inFolder(async (folder) => {
    await assertRejects(() => lockFile(folder, 0), Error);
    const foreign = path.join(folder, "text.lock");
    await fs.writeFile(foreign, "not empty, and not a lock. ".repeat(50));
    await assertRejects(() => lockFile(foreign, 0), Error);
    assertEquals((await fs.readFile(foreign, "utf8")).length, 27 * 50);
  }));
