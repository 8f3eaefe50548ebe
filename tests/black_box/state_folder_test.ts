/** Where state lies when the user keeps settings in a folder of another name. */
import { assertEquals } from "@std/assert";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { inPlace } from "../support/agent.ts";

Deno.test("XDG_CONFIG_HOME is used by newcomers, and by nobody who has state already", async () => {
  await inPlace(async ({ home, run }) => {
    const settings = path.join(home, "settings");
    const env = { XDG_CONFIG_HOME: settings };
    assertEquals((await run(["--memory-set", "ratio", "1:1"], { env })).code, 0);
    const there = path.join(settings, "sogni", "memories.json");
    assertEquals((await fs.stat(there)).mode & 0o777, 0o600);
    assertEquals(await fs.readdir(home), ["settings"]);
    assertEquals((await run(["--memory-list"], { env })).stdout, "ratio: 1:1 [preference]\n");

    await run(["--memory-set", "style", "ink"]);
    assertEquals((await run(["--memory-list"], { env })).stdout, "style: ink [preference]\n");
  });
});
