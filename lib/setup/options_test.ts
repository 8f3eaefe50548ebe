import { assert, assertEquals, assertThrows } from "@std/assert";
import { readFileSync } from "node:fs";
import { AppError } from "../errors/app_error.ts";
import { SETUP_HELP } from "./help.ts";
import { readSetupOptions, wantsChatGpt } from "./options.ts";

const ALL = ["claude", "desktop", "codex", "hermes", "openclaw", "chatgpt"];

Deno.test("runtimes are chosen by --only and --exclude, in the order of the table", () => {
  const rows: [string[], string[]][] = [
    [[], ALL],
    [["--only=hermes,claude"], ["claude", "hermes"]],
    [["--only= codex , ,claude,"], ["claude", "codex"]],
    [["--exclude=chatgpt,desktop"], ["claude", "codex", "hermes", "openclaw"]],
    [["--only=codex,hermes", "--exclude=codex"], ["hermes"]],
    [["--only=codex", "--only=claude"], ["claude"]],
  ];
  for (const [words, selected] of rows) {
    assertEquals([...readSetupOptions(words).selected] as string[], selected);
  }
});

Deno.test("what cannot be used is refused, with the way out", () => {
  const rows: [string[], RegExp][] = [
    [["--only"], /--only needs a value, joined by =/],
    [["--only", "codex"], /--only needs a value/],
    [["--only="], /--only needs a value/],
    [["--only=,"], /--only is empty/],
    [["--only=codxe"], /--only does not know the runtime "codxe"/],
    [["--only=codex", "--exclude=codex"], /leave no runtime/],
    [["--symlink"], /does not know the flag --symlink/],
    [["--yse"], /does not know the flag --yse/],
    [["--yes=1"], /--yes takes no value/],
    [["codex"], /takes no argument "codex"/],
    [["--version=../x"], /--version cannot be "..\/x"/],
    [["--version=-g"], /--version cannot be/],
    [["--hermes-category=../x"], /--hermes-category cannot be/],
    [["--remove-cli"], /--remove-cli works with --uninstall only/],
    [["--remove-cli", "--purge"], /--remove-cli works with --uninstall only/],
    [["--uninstall", "--install-cli"], /cannot be combined/],
    [["--key-stdin", "--no-credentials"], /cannot be combined/],
  ];
  for (const [words, message] of rows) {
    const error = assertThrows(() => readSetupOptions(words), AppError);
    assertEquals(error.code, "INVALID_ARGUMENT", words.join(" "));
    assert(message.test(error.message), `${words.join(" ")}: ${error.message}`);
    assert(error.hint, words.join(" "));
  }
});

Deno.test("--help wins over everything", () => {
  assert(readSetupOptions(["--only=nonsense", "-h"]).help);
  assert(readSetupOptions(["--help", "--remove-cli"]).help);
});

Deno.test("the help names every flag that is read, within eighty columns", () => {
  const source = readFileSync(new URL("./options.ts", import.meta.url), "utf8");
  const flags = source.slice(source.indexOf("const FLAGS"), source.indexOf("const SHORT"));
  const silent = ["--no-update-check"];
  for (const [, flag = ""] of flags.matchAll(/"(--[\w-]+)"/g)) {
    assert(SETUP_HELP.includes(flag.replace("--quiet", "-q")) || silent.includes(flag), flag);
  }
  for (const line of SETUP_HELP.split("\n")) assert(line.length <= 80, line);
});

Deno.test("the text for ChatGPT is made on request only", () => {
  assert(!wantsChatGpt(readSetupOptions([])));
  assert(!wantsChatGpt(readSetupOptions(["--only=claude"])));
  assert(wantsChatGpt(readSetupOptions(["--only=chatgpt"])));
  assert(wantsChatGpt(readSetupOptions(["--output-chatgpt-bundle=x.md"])));
});

Deno.test("a version asks for the program to be installed", () => {
  assertEquals(readSetupOptions(["--version=3.9.0"]).installCli, true);
  assertEquals(readSetupOptions([]).installCli, false);
});
