import { assertEquals } from "@std/assert";
import { spawnSync } from "node:child_process";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import process from "node:process";

const MODULE = new URL("./spawn_detached.ts", import.meta.url).href;

Deno.test({
  name: "a program lives on when its starter has ended",
  ignore: process.platform === "win32",
  fn: async () => {
    const folder = await fs.mkdtemp(path.join(os.tmpdir(), "sogni-detached-"));
    try {
      const file = path.join(folder, "it's done");
      const script = path.join(folder, "starter.ts");
      const line = JSON.stringify(["-c", 'sleep 0.3; echo "$1" > "$0"', file, "words $x"]);
      await fs.writeFile(
        script,
        `import { spawnDetached } from ${JSON.stringify(MODULE)};
          const options = { cwd: "/", env: {} };
          await spawnDetached("/bin/sh", ${line}, options);
          setTimeout(() => Deno.exit(0), 50);`,
      );
      const { status } = spawnSync(process.execPath, ["run", "-A", "--no-check", script], {
        stdio: "inherit",
      });
      assertEquals(status, 0);
      assertEquals(await contentOf(file), "words $x\n");
    } finally {
      await fs.rm(folder, { recursive: true, force: true });
    }
  },
});

async function contentOf(file: string): Promise<string> {
  for (let tries = 0; tries < 100; tries++) {
    const text = await fs.readFile(file, "utf8").catch(() => "");
    if (text !== "") return text;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return "";
}
