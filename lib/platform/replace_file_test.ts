import { assertEquals, assertThrows } from "@std/assert";
import { lstatSync } from "node:fs";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { createFiles } from "./files.ts";
import { refuseSpecialFile } from "./replace_file.ts";

const windows = os.platform() === "win32";

Deno.test("files, folders, links to them and nothing at all are no special files", async () => {
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), "replace-"));
  try {
    await fs.writeFile(path.join(folder, "file"), "");
    await fs.symlink(path.join(folder, "file"), path.join(folder, "link"));
    await fs.symlink(path.join(folder, "nothing"), path.join(folder, "dangling"));
    for (const name of ["file", "link", "dangling", "nothing", "file/below", ""]) {
      refuseSpecialFile(path.join(folder, name));
    }
  } finally {
    await fs.rm(folder, { recursive: true });
  }
});

// By a link alone: if this ever fails, no device of the machine that runs it is lost.
Deno.test({
  name: "no way of writing takes the place of a device",
  ignore: windows,
  async fn() {
    const folder = await fs.mkdtemp(path.join(os.tmpdir(), "replace-"));
    const link = path.join(folder, "link");
    try {
      await fs.symlink("/dev/null", link);
      await fs.writeFile(path.join(folder, "done"), "x");
      const files = createFiles(folder);
      assertEquals(codeOf(() => refuseSpecialFile("/dev/null")), "ENOTFILE");
      const ways = [
        () => files.probe(link),
        () => files.writeAtomic(link, "x"),
        () => files.rename(path.join(folder, "done"), link),
        () => files.assemble(link, [{ bytes: new Uint8Array([1]) }]),
      ];
      for (const way of ways) {
        const error = await way().catch((reason: { code?: string }) => reason);
        assertEquals((error as { code?: string } | undefined)?.code, "ENOTFILE");
      }
      assertEquals(lstatSync(link).isSymbolicLink(), true);
      assertEquals((await fs.readdir(folder)).sort(), ["done", "link"]);
    } finally {
      await fs.rm(folder, { recursive: true });
    }
  },
});

function codeOf(work: () => void): string | undefined {
  return (assertThrows(work) as { code?: string }).code;
}
