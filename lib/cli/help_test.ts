import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { FLAG_GROUPS, FLAG_ROWS } from "./flags/table.ts";
import type { FlagRow } from "./flags/types.ts";
import { renderHelp } from "./help.ts";
import { renderHelpJson } from "./help_json.ts";
import { PENDING_COMMANDS } from "./pending.ts";
import { COMMAND_WORDS } from "./words.ts";

const SHOWN = (FLAG_ROWS as readonly FlagRow[]).filter((row) => !row.hidden);

Deno.test("help fits 80 columns and begins with the usage", () => {
  const lines = renderHelp().split("\n");
  for (const line of lines) assert(line.length <= 80, line);
  assertStringIncludes(lines[0] ?? "", "Usage: sogni-agent");
  assertEquals(renderHelp(undefined, 30), renderHelp(undefined, 40));
  assertEquals(renderHelp(undefined, 500), renderHelp(undefined, 100));
});

Deno.test("every spelling of every flag, every command and every group is there", () => {
  const words = new Set(renderHelp().split(/[\s,;()|]+/));
  for (const row of SHOWN) {
    for (const spelling of [row.name, ...(row.aliases ?? [])]) {
      assert(words.has(spelling), spelling);
    }
  }
  for (const { name } of COMMAND_WORDS) assert(words.has(name), name);
  for (const { title } of FLAG_GROUPS) assertStringIncludes(renderHelp(), `\n${title}:\n`);
  assert(!renderHelp().includes("--__update-check"));
});

Deno.test("help warns of the two short options that mean something else", () => {
  assertStringIncludes(renderHelp(), "-h is height");
  assertStringIncludes(renderHelp(), "-v is video");
});

Deno.test("a topic is a group, a flag or a command; others get all of the help", () => {
  assertStringIncludes(renderHelp("video"), "--looping");
  assert(!renderHelp("video").includes("--bpm"));
  for (const name of ["--seed", "seed", "-s"]) {
    assertStringIncludes(renderHelp(name), "-s, --seed <n>");
    assert(renderHelp(name).length < 200);
  }
  assertStringIncludes(renderHelp("--azimuth"), "Values: front, front-right");
  assertStringIncludes(renderHelp("jobs"), "Usage: sogni-agent jobs [list");
  assertEquals(renderHelp("a cat"), renderHelp());
  for (const { name } of FLAG_GROUPS) assert(renderHelp(name).length < renderHelp().length, name);
});

Deno.test("what is not built yet is marked", () => {
  for (const name of Object.keys(PENDING_COMMANDS)) {
    if (!COMMAND_WORDS.some((word) => word.name === name)) continue;
    assertStringIncludes(renderHelp(name), "not in this build yet");
  }
});

Deno.test("help as data holds the whole table", () => {
  const help = renderHelpJson();
  assertEquals(help.success, true);
  assertEquals(help.type, "help");
  const flags = help.flags as Record<string, unknown>[];
  assertEquals(flags.map(({ name }) => name).sort(), SHOWN.map(({ name }) => name).sort());
  assertEquals(flags.find(({ name }) => name === "--width"), {
    name: "--width",
    aliases: ["-w"],
    group: "generation",
    kind: "int",
    help: "Width of the result.",
    min: 1,
    max: 8192,
    default: 512,
  });
  assertEquals(JSON.parse(JSON.stringify(help)), help);
});
