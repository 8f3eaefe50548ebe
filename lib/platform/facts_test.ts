import { assertEquals } from "@std/assert";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { otherStateFolder } from "./facts.ts";

Deno.test("state lies in $XDG_CONFIG_HOME inside the home folder, where ~/.config/sogni is not there", async () => {
  const home = await mkdtemp(join(tmpdir(), "sogni-facts-"));
  try {
    const given = (value: string) => otherStateFolder(home, { XDG_CONFIG_HOME: value });
    assertEquals(otherStateFolder(home, {}), undefined);
    const settings = join(home, "settings");
    assertEquals(given(settings), join(settings, "sogni"));
    assertEquals(given("/settings"), undefined);
    assertEquals(given(`${home}-2`), undefined);
    assertEquals(given(""), undefined);
    assertEquals(given("relative/path"), undefined);
    await mkdir(join(home, ".config", "sogni"), { recursive: true });
    assertEquals(given(settings), undefined);
  } finally {
    await rm(home, { recursive: true });
  }
});
