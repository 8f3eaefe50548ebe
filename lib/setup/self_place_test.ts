import { assertEquals } from "@std/assert";
import * as fs from "node:fs/promises";
import { join } from "node:path";
import type { Self } from "../platform/self.ts";
import { inHome } from "../store/testing.ts";
import { isPassing, launchOf } from "./self_place.ts";

const NPX = "/home/mara/.npm/_npx/5f3a/node_modules/@sogni-ai/x/bin/sogni-agent.mjs";

function self(form: Self["form"], script: string, program = "/usr/bin/node"): Self {
  const args = form === "node" ? [script] : [];
  return {
    form,
    program: form === "executable" ? script : program,
    args,
    script,
    target: "linux-x64",
  };
}

Deno.test("a copy that was fetched for one run is told from one that stays", () => {
  const rows: [string, boolean][] = [
    [NPX, true],
    ["C:\\Users\\mara\\AppData\\Local\\npm-cache\\_npx\\1\\node_modules\\x\\bin\\a.mjs", true],
    ["/home/mara/.cache/pnpm/dlx-123/node_modules/x/bin/a.mjs", true],
    ["/tmp/bunx-1000-x@latest/node_modules/x/bin/a.mjs", true],
    ["/usr/lib/node_modules/@sogni-ai/x/bin/sogni-agent.mjs", false],
    ["/usr/local/bin/sogni-agent", false],
  ];
  for (const [script, passing] of rows) assertEquals(isPassing(self("node", script)), passing);
  assertEquals(isPassing(self("executable", "/x/_npx/1/sogni-agent")), false);
});

Deno.test("a runtime starts the program where it stays", async () => {
  await inHome(async ({ home, host, put }) => {
    const launch = (given: Self, root?: string, env = {}) =>
      launchOf({ files: host.files, facts: { ...host.facts, env } }, given, root);
    assertEquals(await launch(self("node", "/usr/bin/sogni-agent")), {
      command: "/usr/bin/node",
      args: ["/usr/bin/sogni-agent"],
    });
    assertEquals(await launch(self("node", NPX)), undefined);
    assertEquals(await launch(self("node", NPX), join(home, "lib")), undefined);
    const script = await put("lib/@sogni-ai/sogni-creative-agent-skill/bin/sogni-agent.mjs", "");
    assertEquals(await launch(self("node", NPX), join(home, "lib")), {
      command: "/usr/bin/node",
      args: [script],
    });
  });
});

Deno.test("an executable is named by the link on PATH that outlives its version", async () => {
  await inHome(async ({ home, host, put }) => {
    const program = await put("Cellar/sogni-agent/3.10.0/bin/sogni-agent", "");
    await fs.chmod(program, 0o755);
    const at = (PATH: string) =>
      launchOf(
        { files: host.files, facts: { ...host.facts, env: { PATH } } },
        self("executable", program),
        undefined,
      );
    assertEquals((await at("/nowhere"))?.command, program);
    await fs.mkdir(join(home, "bin"));
    await fs.symlink(program, join(home, "bin/sogni-agent"));
    assertEquals((await at(`/nowhere:${home}/bin`))?.command, join(home, "bin/sogni-agent"));
    await put("other/sogni-agent", "");
    await fs.chmod(join(home, "other/sogni-agent"), 0o755);
    assertEquals((await at(`${home}/other:${home}/bin`))?.command, program);
  });
});
