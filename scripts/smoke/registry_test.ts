import { assertEquals } from "@std/assert";
import { createHash } from "node:crypto";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { serveRegistry } from "./registry.ts";

Deno.test("a package is told with its archive's address and hash, others are unknown", async () => {
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), "sogni-registry-"));
  const tarball = path.join(folder, "a.tgz");
  await fs.writeFile(tarball, "archive");
  const manifest = { name: "@scope/tool", version: "1.2.3", bin: { tool: "tool.mjs" } };
  const registry = await serveRegistry([{ manifest, tarball }]);
  try {
    const answer = await fetch(`${registry.url}@scope%2ftool`);
    const { "dist-tags": tags, versions } = await answer.json();
    assertEquals(tags, { latest: "1.2.3" });
    const { dist, ...rest } = versions["1.2.3"];
    assertEquals(rest, manifest);
    assertEquals(dist.tarball, `${registry.url}@scope/tool/-/tool-1.2.3.tgz`);
    const hash = createHash("sha512").update("archive").digest("base64");
    assertEquals(dist.integrity, `sha512-${hash}`);
    assertEquals(await (await fetch(dist.tarball)).text(), "archive");
    const other = await fetch(`${registry.url}left-pad`);
    assertEquals([other.status, await other.text()], [404, "{}"]);
    assertEquals(registry.asked, ["@scope/tool", "@scope/tool/-/tool-1.2.3.tgz", "left-pad"]);
  } finally {
    await registry.close();
    await fs.rm(folder, { recursive: true });
  }
});
