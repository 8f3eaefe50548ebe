import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { spawnSync } from "node:child_process";
import { FLAG_ROWS } from "../flags/table.ts";
import type { FlagRow } from "../flags/types.ts";
import { PENDING_COMMANDS, PENDING_FLAGS } from "../pending.ts";
import { bashCompletion } from "./bash.ts";
import { fishCompletion } from "./fish.ts";
import { type CompletionModel, completionModel } from "./model.ts";
import { powershellCompletion } from "./powershell.ts";
import { zshCompletion } from "./zsh.ts";

const model = completionModel();
const SCRIPTS: Readonly<Record<string, string>> = {
  bash: bashCompletion(model),
  zsh: zshCompletion(model),
  fish: fishCompletion(model),
  powershell: powershellCompletion(model),
};

function run(program: string, args: string[]): string {
  const { stdout, stderr, status } = spawnSync(program, args, { encoding: "utf8" });
  assertEquals([status, stderr], [0, ""], `${program} ${args[0]}`);
  return stdout;
}

function isInstalled(program: string): boolean {
  return spawnSync(program, ["--version"]).error === undefined;
}

Deno.test("the model holds every flag and command of this build, and no other", () => {
  const rows = (FLAG_ROWS as readonly FlagRow[]).filter((row) => !row.hidden);
  const built = rows.filter(({ key }) => !(key in PENDING_FLAGS));
  assertEquals(model.flags.map(({ name }) => name).sort(), built.map(({ name }) => name).sort());
  assert(model.words.every(({ name }) => !(name in PENDING_COMMANDS)));
  assert(model.words.some(({ name }) => name === "doctor"));
  assertEquals(model.flags.find(({ name }) => name === "--quality")?.words, ["fast", "hq", "pro"]);
  assertEquals(model.flags.find(({ name }) => name === "--concat-videos")?.values, -1);
});

for (const [shell, script] of Object.entries(SCRIPTS)) {
  Deno.test(`the script for ${shell} names every spelling and command`, () => {
    for (const { spellings } of model.flags) {
      for (const spelling of spellings) {
        const written = shell !== "fish"
          ? spelling
          : spelling.startsWith("--")
          ? `-l ${spelling.slice(2)} `
          : `-s ${spelling.slice(1)} `;
        assertStringIncludes(script, written);
      }
    }
    for (const { name } of model.words) assertStringIncludes(script, name);
    assert(!script.includes("__update-check") && !script.includes("undefined"));
  });
}

Deno.test("quotes and brackets in help do no harm", () => {
  const odd: CompletionModel = {
    flags: [{
      name: "--odd",
      spellings: ["--odd", "-o"],
      help: 'It\'s [a] \\ test: "x" $HOME `id`.',
      value: "words",
      words: ["a", "b"],
      values: 1,
      optional: false,
      repeatable: false,
    }],
    words: [{ name: "word", help: "It's: $(id)", words: ["x", "y"] }],
  };
  assertStringIncludes(zshCompletion(odd), "[It'\\''s \\[a\\] \\\\ test\\: ");
  assertStringIncludes(fishCompletion(odd), "'It\\'s [a] \\\\ test: ");
  assertStringIncludes(powershellCompletion(odd), "'It''s [a] \\ test: ");
  if (isInstalled("zsh")) run("zsh", ["-f", "-n", "-c", zshCompletion(odd)]);
  if (isInstalled("fish")) run("fish", ["-N", "-n", "-c", fishCompletion(odd)]);
});

Deno.test({
  name: "bash offers flags, commands and values",
  ignore: !isInstalled("bash"),
  fn() {
    const rows: [string[], string[]][] = [
      [["--qual"], ["--quality"]],
      [["doc"], ["doctor"]],
      [["a boat", "doc"], []],
      [["--quality", "h"], ["hq"]],
      [["-Q", ""], ["fast", "hq", "pro"]],
      [["--quality", "="], ["fast", "hq", "pro"]],
      [["--quality", "=", "p"], ["pro"]],
      [["--output", "--qual"], []],
      [["completions", "f"], ["fish"]],
      [["help", "mus"], ["music"]],
      [["--nothing-like-it"], []],
    ];
    for (const [words, expected] of rows) {
      const quoted = ["sogni-agent", ...words].map((word) => `'${word}'`).join(" ");
      const ask = `COMP_WORDS=(${quoted}); COMP_CWORD=${words.length}; _sogni_agent; ` +
        `printf '%s\\n' "\${COMPREPLY[@]}"`;
      const offered = run("bash", ["--norc", "-c", `${SCRIPTS.bash}\n${ask}`]);
      assertEquals(offered.split("\n").filter((line) => line !== ""), expected, words.join(" "));
    }
  },
});

Deno.test({
  name: "fish offers flags, commands and values",
  ignore: !isInstalled("fish"),
  fn() {
    const rows: [string, string[]][] = [
      ["sogni-agent --qual", ["--quality"]],
      ["sogni-agent doc", ["doctor"]],
      ["sogni-agent -Q ", ["fast", "hq", "pro"]],
      ["sogni-agent --quality=p", ["--quality=pro"]],
      ["sogni-agent completions p", ["powershell"]],
    ];
    for (const [line, expected] of rows) {
      // In a folder without files, whose names would be offered, too.
      const script = `cd (mktemp -d)\n${SCRIPTS.fish}\ncomplete -C '${line}'`;
      const offered = run("fish", ["-N", "-c", script]).trimEnd().split("\n");
      assertEquals(offered.map((each) => each.split("\t")[0]), expected, line);
    }
  },
});

Deno.test({
  name: "zsh reads the script",
  ignore: !isInstalled("zsh"),
  fn() {
    run("zsh", ["-f", "-n", "-c", SCRIPTS.zsh ?? ""]);
    const asked = "autoload -Uz compinit; compinit -D -u; " +
      `${SCRIPTS.zsh}\nprint -r -- $_comps[sogni-agent]`;
    assertEquals(run("zsh", ["-f", "-c", asked]), "_sogni_agent\n");
  },
});

Deno.test("braces, brackets and quotes are closed in the PowerShell script", () => {
  const code = (SCRIPTS.powershell ?? "").replace(/'(?:[^']|'')*'/g, "''");
  for (const [open, close] of ["{}", "()", "[]"].map((pair) => pair.split(""))) {
    assertEquals(code.split(open ?? "").length, code.split(close ?? "").length, open);
  }
  assertEquals((code.match(/'/g) ?? []).length % 2, 0);
});
