import { assert, assertEquals, assertRejects } from "@std/assert";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import process from "node:process";
import { createFiles } from "./files.ts";
import type { HostFiles } from "./host.ts";
import { leftName } from "./testing/left_name.ts";

async function inFolder(
  body: (files: HostFiles, at: (...parts: string[]) => string) => Promise<void>,
): Promise<void> {
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), "files-"));
  try {
    await body(createFiles(folder), (...parts) => path.join(folder, ...parts));
  } finally {
    await fs.rm(folder, { recursive: true, force: true });
  }
}

async function codeOf(work: Promise<unknown>): Promise<string | undefined> {
  return (await assertRejects(() => work) as { code?: string }).code;
}

Deno.test("writeAtomic makes folders, replaces the file and leaves nothing beside it", async () => {
  await inFolder(async (files, at) => {
    await files.writeAtomic(at("a", "b", "file.txt"), "old");
    await files.writeAtomic(at("a", "b", "file.txt"), new TextEncoder().encode("new"));
    assertEquals(await files.readText(at("a", "b", "file.txt")), "new");
    assertEquals(await files.list(at("a", "b")), ["file.txt"]);
  });
});

Deno.test("a reader sees the old text or the new one, never a part", async () => {
  await inFolder(async (files, at) => {
    const texts = ["a".repeat(200_000), "b".repeat(200_000)];
    const known = new Set(texts);
    await files.writeAtomic(at("file.txt"), texts[0] ?? "");
    for (let round = 1; round <= 20; round++) {
      const write = files.writeAtomic(at("file.txt"), texts[round % 2] ?? "");
      for (let look = 0; look < 5; look++) {
        assert(known.has(await files.readText(at("file.txt"))));
        // Reading may be done at once, and the write needs a turn.
        await new Promise((resolve) => setTimeout(resolve, 0));
      }
      await write;
    }
  });
});

Deno.test("a write that fails leaves the old file and no temporary one", async () => {
  await inFolder(async (files, at) => {
    await fs.mkdir(at("folder"));
    assertEquals(await codeOf(files.writeAtomic(at("folder"), "x")), "EISDIR");
    await files.writeAtomic(at("file.txt"), "old", { exclusive: true });
    assertEquals(
      await codeOf(files.writeAtomic(at("file.txt"), "new", { exclusive: true })),
      "EEXIST",
    );
    assertEquals(await files.readText(at("file.txt")), "old");
    assertEquals(await files.list(at()), ["file.txt", "folder"]);
  });
});

Deno.test("modes are exact whatever the umask, for the file and for folders that are made", async () => {
  await inFolder(async (files, at) => {
    await files.writeAtomic(at("private", "key"), "k", { mode: 0o600, dirMode: 0o700 });
    assertEquals((await files.stat(at("private", "key")))?.mode, 0o600);
    assertEquals((await files.stat(at("private")))?.mode, 0o700);
    await files.create(at("private", "shown"), "s", { mode: 0o666 });
    assertEquals((await files.stat(at("private", "shown")))?.mode, 0o666);
  });
});

Deno.test("create never replaces", async () => {
  await inFolder(async (files, at) => {
    await files.create(at("file.txt"), "first");
    assertEquals(await codeOf(files.create(at("file.txt"), "second")), "EEXIST");
    assertEquals(await files.readText(at("file.txt")), "first");
  });
});

Deno.test("readBytes refuses what is larger than allowed, readRange stops at the end", async () => {
  await inFolder(async (files, at) => {
    await fs.writeFile(at("file.bin"), "0123456789");
    assertEquals(await codeOf(files.readBytes(at("file.bin"), 9)), "EFBIG");
    assertEquals((await files.readBytes(at("file.bin"), 10)).length, 10);
    const range = await files.readRange(at("file.bin"), 7, 100);
    assertEquals(new TextDecoder().decode(range), "789");
  });
});

Deno.test("what is absent is undefined for stat, empty for list, fine for remove, ENOENT for reading", async () => {
  await inFolder(async (files, at) => {
    assertEquals(await files.stat(at("none")), undefined);
    assertEquals(await files.list(at("none")), []);
    await files.remove(at("none"));
    assertEquals(await codeOf(files.readText(at("none"))), "ENOENT");
    await fs.writeFile(at("file"), "");
    assertEquals(await files.stat(at("file", "below")), undefined);
  });
});

Deno.test("stat follows links unless it is told not to, realPath always does", async () => {
  await inFolder(async (files, at) => {
    await fs.writeFile(at("file"), "12345");
    await fs.symlink("file", at("link"));
    const followed = await files.stat(at("link"));
    assertEquals([followed?.kind, followed?.size], ["file", 5]);
    assertEquals((await files.stat(at("link"), { followLinks: false }))?.kind, "symlink");
    assertEquals(await files.realPath(at("link")), await fs.realpath(at("file")));
  });
});

Deno.test("a temporary folder is private and new each time", async () => {
  await inFolder(async (files, at) => {
    const [one, two] = [await files.makeTempDir("t-"), await files.makeTempDir("t-")];
    assert(one !== two && one.startsWith(at("t-")));
    assertEquals((await files.stat(one))?.mode, 0o700);
  });
});

Deno.test("a probe makes folders, tells what cannot be written, and leaves no file", async () => {
  await inFolder(async (files, at) => {
    await files.probe(at("new", "a.png"));
    await files.probe(at("new", "a.png"));
    assertEquals(await files.list(at("new")), []);
    await files.writeAtomic(at("a.txt"), "x");
    await files.probe(at("a.txt"));
    assertEquals(await files.readText(at("a.txt")), "x");
    assertEquals(await codeOf(files.probe(at("n".repeat(300)))), "ENAMETOOLONG");
    assert(["ENOTDIR", "EEXIST"].includes(await codeOf(files.probe(at("a.txt", "b.png"))) ?? ""));
  });
});

Deno.test("each way to write clears the folder of what a dead process left", async () => {
  const ways: Record<string, (files: HostFiles, file: string) => Promise<unknown>> = {
    writeAtomic: (files, file) => files.writeAtomic(file, "x"),
    assemble: (files, file) => files.assemble(file, [{ bytes: new Uint8Array(1) }]),
    temporary: (files, file) => files.temporary(file),
    probe: (files, file) => files.probe(file),
  };
  for (const [name, write] of Object.entries(ways)) {
    await inFolder(async (files, at) => {
      const left = at(leftName("b.png"));
      const mine = at(leftName("b.png", process.pid.toString(16)));
      for (const file of [left, mine]) await fs.writeFile(file, "half");
      await fs.utimes(left, new Date(), new Date(Date.now() - 5000));
      await write(files, at("a.png"));
      const names = (await files.list(at())).filter((entry) => entry !== "a.png");
      assertEquals(names, [path.basename(mine)], name);
    });
  }
});

Deno.test("a temporary folder is known by its owner, a lasting one is nobody's", async () => {
  await inFolder(async (files) => {
    const own = path.basename(await files.makeTempDir("sogni-x-"));
    const lasting = path.basename(await files.makeTempDir("sogni-x-", { lasting: true }));
    assert(own.startsWith(`sogni-x-${process.pid.toString(16)}-`), own);
    assert(/^sogni-x-[A-Za-z0-9]{6}$/.test(lasting), lasting);
  });
});
