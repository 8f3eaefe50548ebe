/** docs/environment.md tells every variable that the program reads, and no other. */
import { assert, assertEquals } from "@std/assert";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ERRORS } from "../../lib/errors/registry.ts";
import { PROXY_VARIABLES } from "../../lib/net/guard/proxy_settings.ts";
import { ROOT } from "../support/agent.ts";
import { sourceFiles } from "../support/source_files.ts";

const DOCUMENT = readFileSync(join(ROOT, "docs/environment.md"), "utf8");
/** `env.NAME`, `{ NAME } = env`, and names of the families that are looked up by their text. */
const READ =
  /(?<!")\benv\.([A-Za-z]\w+)|\{ ([A-Z_, ]+) \} = env\b|"((?:SOGNI|OPENCLAW|CODEX|CLAUDE|HERMES|FFMPEG|FFPROBE|SUDO|NPM)_[A-Z_]+|CI|NO_UPDATE_NOTIFIER|npm_\w+)"/g;

Deno.test("every variable that is read is documented, and every documented one is read", () => {
  const codes = new Set<string>(Object.keys(ERRORS));
  // HTTP_PROXY is taken away from libraries and never used.
  const read = new Set(PROXY_VARIABLES.filter((name) => !/^http_proxy$/i.test(name)));
  for (const file of sourceFiles(join(ROOT, "lib"))) {
    if (/(?:_test|\/testing|\/test_clips)\.ts$|\/testing\//.test(file)) continue;
    for (const [, one, several, quoted] of readFileSync(file, "utf8").matchAll(READ)) {
      const names = [one ?? quoted ?? "", ...(several ?? "").split(", ")];
      for (const name of names) if (name !== "" && !codes.has(name)) read.add(name);
    }
  }
  for (const name of BY_OTHER_MEANS) read.add(name);
  const rows = DOCUMENT.split("\n").filter((line) => line.startsWith("| `"));
  const told = rows.flatMap((row) => {
    const [, names = ""] = row.split("|");
    return [...names.matchAll(/`(\w+)`/g)].map(([, name = ""]) => name);
  });
  assert(told.length > 60);
  const small = told.filter((name) => PROXY_VARIABLES.includes(name))
    .map((name) => name.toLowerCase());
  assertEquals([...told, ...small].sort(), [...read].sort());
});

/** Read by its place in a table of commands, or by the system for us. */
const BY_OTHER_MEANS = ["PATH"];
