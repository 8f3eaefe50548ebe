import { assertEquals } from "@std/assert";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir, userInfo } from "node:os";
import { isAbsolute, join, resolve } from "node:path";
import { homeFolder, otherStateFolder } from "./facts.ts";

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

Deno.test("the home folder is absolute, whatever the environment says", () => {
  const known = () => join(resolve("/"), "home", "me");
  const unknown = () => {
    throw new Error("no such user");
  };
  const cwd = join(resolve("/"), "work");
  const rows: [string | undefined, () => string, string][] = [
    [join(resolve("/"), "somewhere"), unknown, join(resolve("/"), "somewhere")],
    ["here", unknown, join(cwd, "here")],
    [undefined, known, known()],
    ["", known, known()],
    ["", () => "", resolve("/")],
    [undefined, unknown, resolve("/")],
  ];
  for (const [given, ask, expected] of rows) assertEquals(homeFolder(given, cwd, ask), expected);
  assertEquals(homeFolder(undefined, cwd), userInfo().homedir);
  assertEquals(isAbsolute(homeFolder("", cwd)), true);
});
