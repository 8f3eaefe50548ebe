import { assertEquals } from "@std/assert";
import type { Installed } from "./install_kind.ts";
import { updateCommand } from "./update_command.ts";

Deno.test("each manager has its command", () => {
  const rows: [Installed, string | undefined][] = [
    [{ kind: "npm" }, "npm install -g @sogni-ai/sogni-creative-agent-skill"],
    [{ kind: "pnpm" }, "pnpm add -g @sogni-ai/sogni-creative-agent-skill"],
    [{ kind: "yarn" }, "yarn global add @sogni-ai/sogni-creative-agent-skill"],
    [{ kind: "bun" }, "bun add -g @sogni-ai/sogni-creative-agent-skill"],
    [{ kind: "homebrew", name: "sogni-agent@3" }, "brew upgrade sogni-agent@3"],
    [{ kind: "scoop", name: "sogni-agent" }, "scoop update sogni-agent"],
    [{ kind: "binary" }, undefined],
    [{ kind: "source" }, undefined],
  ];
  for (const [installed, text] of rows) {
    const command = updateCommand(installed, "linux");
    assertEquals(command?.text, text);
    if (command) assertEquals([command.program, ...command.args].join(" "), text);
  }
});

Deno.test("on Windows the managers' scripts are started by cmd.exe, bun by itself", () => {
  assertEquals(updateCommand({ kind: "scoop", name: "x" }, "windows"), {
    program: "cmd.exe",
    args: ["/d", "/c", "scoop", "update", "x"],
    text: "scoop update x",
  });
  assertEquals(updateCommand({ kind: "bun" }, "windows")?.program, "bun");
});
