import { assertEquals, assertThrows } from "@std/assert";
import { spawnSync } from "node:child_process";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { readZip, writeZip, type ZipEntry } from "./zip.ts";

const ENTRIES: ZipEntry[] = [
  { name: "manifest.json", bytes: new TextEncoder().encode("{}\n") },
  { name: "server/sogni-agent", bytes: new Uint8Array(70_000).fill(7), executable: true },
  { name: "empty/Grüße.txt", bytes: new Uint8Array() },
];

Deno.test("what is packed is unpacked, with its rights", () => {
  assertEquals(readZip(writeZip(ENTRIES)), ENTRIES);
  assertEquals(readZip(writeZip([])), []);
});

Deno.test("the same files make the same bytes", () => {
  assertEquals(writeZip(ENTRIES), writeZip(ENTRIES));
});

Deno.test("a damaged archive is refused", () => {
  const archive = writeZip(ENTRIES);
  assertThrows(() => readZip(archive.subarray(0, archive.length - 1)), Error, "no zip archive");
  assertThrows(() => readZip(new Uint8Array(3)), Error, "no zip archive");
  const spoilt = archive.slice();
  const crcAt = new DataView(spoilt.buffer).getUint32(spoilt.length - 6, true) + 16;
  spoilt[crcAt] = (spoilt[crcAt] ?? 0) ^ 1;
  assertThrows(() => readZip(spoilt), Error, "manifest.json is damaged");
});

Deno.test({
  name: "the system's unpacker finds nothing wrong",
  ignore: spawnSync("unzip", ["-v"], { stdio: "ignore" }).status !== 0,
  async fn() {
    const folder = await fs.mkdtemp(path.join(os.tmpdir(), "sogni-zip-"));
    try {
      await fs.writeFile(path.join(folder, "a.zip"), writeZip(ENTRIES));
      const { status, stdout } = spawnSync("unzip", ["a.zip"], { cwd: folder, encoding: "utf8" });
      assertEquals(status, 0, stdout);
      const { mode, size } = await fs.stat(path.join(folder, "server/sogni-agent"));
      assertEquals([mode & 0o777, size], [0o755, 70_000]);
    } finally {
      await fs.rm(folder, { recursive: true });
    }
  },
});
