import { assertEquals, assertRejects } from "@std/assert";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { createFiles } from "./files.ts";
import { readEndless } from "./read_endless.ts";

Deno.test("all bytes come, in order, or none", async () => {
  const file = path.join(await fs.mkdtemp(path.join(os.tmpdir(), "endless-")), "file");
  try {
    const bytes = new Uint8Array(200_000).map((_, index) => index % 251);
    await fs.writeFile(file, bytes);
    assertEquals(await readEndless(file), bytes);
    assertEquals(await readEndless(file, bytes.length), bytes);
    const error = await assertRejects(() => readEndless(file, bytes.length - 1));
    assertEquals((error as { code?: string }).code, "EFBIG");
  } finally {
    await fs.rm(path.dirname(file), { recursive: true });
  }
});

Deno.test({
  name: "an empty device reads as nothing",
  ignore: os.platform() === "win32",
  async fn() {
    assertEquals(await createFiles(os.tmpdir()).readBytes("/dev/null", 10), new Uint8Array());
  },
});
