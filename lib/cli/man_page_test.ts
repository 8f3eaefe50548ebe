import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { spawnSync } from "node:child_process";
import { completionModel } from "./completions/model.ts";
import { renderManPage } from "./man_page.ts";

const page = renderManPage("3.10.0");

Deno.test("the page has the sections of a manual, and every flag and command", () => {
  const sections = page.split("\n").filter((line) => line.startsWith(".SH "));
  assertEquals(sections.map((line) => line.slice(4)), [
    "NAME",
    "SYNOPSIS",
    "DESCRIPTION",
    "COMMANDS",
    "OPTIONS",
    "ENVIRONMENT",
    "FILES",
    "EXIT STATUS",
    "EXAMPLES",
  ]);
  const plain = page.replaceAll("\\-", "-");
  for (const { name } of completionModel().flags) assertStringIncludes(plain, name);
  for (const { name } of completionModel().words) assertStringIncludes(plain, `\\fB${name}`);
  assertStringIncludes(plain, "sogni-agent 3.10.0");
});

Deno.test("every request is one of the man macros, and no text is taken for one", () => {
  const requests = new Set(
    page.split("\n").filter((line) => /^[.']/.test(line)).map((line) => line.split(" ")[0]),
  );
  assertEquals([...requests].sort(), [".B", ".SH", ".SS", ".TH", ".TP", ".br"]);
});

Deno.test({
  name: "groff formats it without a warning",
  ignore: spawnSync("groff", ["--version"]).error !== undefined,
  fn() {
    const { stdout, stderr, status } = spawnSync("groff", ["-man", "-Tascii", "-ww", "-P-c"], {
      input: page,
      encoding: "utf8",
    });
    assertEquals([status, stderr], [0, ""]);
    // Bold is a letter struck twice.
    // deno-lint-ignore no-control-regex
    const text = stdout.replace(/.\u0008/g, "");
    assertStringIncludes(text, "SYNOPSIS");
    assert(/--quality <fast\|hq\|pro>/.test(text));
  },
});
