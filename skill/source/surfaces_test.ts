import { assert, assertEquals, assertMatch } from "@std/assert";
import { posix } from "node:path";
import { findFlag } from "../../lib/cli/flags/lookup.ts";
import { parse } from "../../lib/cli/parse.ts";
import { AppError } from "../../lib/errors/app_error.ts";
import { VERSION } from "../../lib/platform/version.ts";
import { findDrift } from "../../scripts/skill.ts";
import { EXAMPLES } from "./examples.ts";
import { notYet } from "./not_yet.ts";
import { shellLine } from "./shell_line.ts";
import { DIST, generatedFiles, surfaces } from "./surfaces.ts";
import { INSTRUCTIONS_LIMIT } from "./surfaces/chatgpt.ts";
import { codeOf, splitFrontMatter, splitShell } from "./testing.ts";

const files = generatedFiles();
const markdown = Object.entries(files).filter(([file]) => /\.(md|txt)$/.test(file));
const skills = Object.entries(files).filter(([file]) => file.endsWith("/SKILL.md"));
const code = markdown.flatMap(([file, text]) => codeOf(file, text));
const SURROUNDINGS = { env: {}, home: "/home/user" };

Deno.test("what is committed is what the source makes", async () => {
  assertEquals(await findDrift(), []);
});

Deno.test("every skill keeps the limits of Agent Skills, and stricter ones of ours", () => {
  assertEquals(skills.length, 6);
  for (const [file, text] of skills) {
    const { fields, body } = splitFrontMatter(text);
    const { name = "", description = "" } = fields;
    assertMatch(name, /^[a-z0-9]+(-[a-z0-9]+)*$/, file);
    const folder = posix.basename(posix.dirname(file));
    if (folder !== "openclaw-link") assertEquals(name, folder, file);
    assert(
      description.length > 0 && description.length < 500,
      `${file}: ${description.length}`,
    );
    assertMatch(description, /^(Draw|Generate|Create)\b/, file);
    assert(text.length < 16_000, `${file}: ${text.length} characters`);
    // Four characters are about a token of English text.
    assert(body.length / 4 < 5_000, file);
    assert(body.split("\n").length < 500, file);
    assert((fields.compatibility ?? "").length <= 500, file);
  }
});

Deno.test("every relative link leads to a file of the same surface", () => {
  for (const [file, text] of markdown) {
    for (const [, target = ""] of text.matchAll(/\]\(([^)]+)\)/g)) {
      if (/^https:/.test(target)) continue;
      const path = posix.join(posix.dirname(file), target);
      assert(Object.hasOwn(files, path), `${file} links to ${target}`);
    }
  }
});

Deno.test("every command in a block is an example, and so is run by a test", () => {
  const known = new Set(EXAMPLES.map(({ argv }) => shellLine(argv)));
  const lines = code.filter(({ fence, text }) =>
    fence !== undefined && /^sogni-agent\b/.test(text)
  );
  assert(lines.length > 100);
  const unknown = lines.filter(({ text }) => !known.has(text.replace(/ {2}# .*$/, "")));
  assertEquals(unknown, []);
});

Deno.test("every example is shown somewhere", () => {
  const shown = new Set(code.map(({ text }) => text.replace(/ {2}# .*$/, "")));
  assertEquals(EXAMPLES.filter(({ argv }) => !shown.has(shellLine(argv))), []);
});

Deno.test("what is shown splits into what is meant", () => {
  for (const { argv } of EXAMPLES) {
    assertEquals(splitShell(shellLine(argv)), ["sogni-agent", ...argv]);
  }
});

Deno.test("commands in running text can be parsed, or are named as not built", () => {
  const spans = code.filter(({ fence, text }) =>
    fence === undefined && /^sogni-agent \S/.test(text) &&
    !notYet().includes(text)
  );
  assert(spans.length > 20);
  for (const { file, text } of spans) {
    const [, ...argv] = splitShell(text.replace(/<\w+>/g, "X"));
    try {
      parse(argv, SURROUNDINGS);
    } catch (error) {
      assert(
        error instanceof AppError && error.code === "NOT_IMPLEMENTED",
        `${file}: ${text}`,
      );
      const word = `sogni-agent ${argv[0]}`;
      assert(
        notYet().some((name) => name === word || argv.includes(name)),
        `${file}: ${text}`,
      );
    }
  }
});

Deno.test("every flag that a surface names exists", () => {
  // The installer has options of its own; `bash -c` and the like are named as what not to write.
  const foreign = /^(npx|npm|git|openclaw|set|bash|sh) /;
  for (const { file, text, fence } of code) {
    if (foreign.test(text) || (fence !== undefined && fence !== "sh")) continue;
    const words = fence === undefined ? text.split(/[\s|]+/) : splitShell(text);
    if (fence !== undefined && words[0] !== "sogni-agent") continue;
    for (
      const word of words.filter((part) => /^--?[a-zA-Z][\w-]*$/.test(part))
    ) {
      assert(findFlag(word), `${file} names ${word}`);
    }
  }
});

Deno.test("what is not built is said, and nothing else", () => {
  for (const name of notYet()) {
    const [first = "", ...rest] = name.split(" ");
    if (first === "npx") continue;
    const argv = first === "sogni-agent" ? rest : [first, "1", "x"];
    let refused = "";
    try {
      parse(argv, SURROUNDINGS);
    } catch (error) {
      refused = error instanceof AppError ? error.code : String(error);
    }
    // A flag that takes one of a few words is refused for the value first.
    assertMatch(refused, /^(NOT_IMPLEMENTED|INVALID_ARGUMENT)$/, name);
  }
});

Deno.test("no surface holds a pipe, a hook, a key, a temporary folder or a raw ffmpeg command", () => {
  for (const { file, text, fence } of code) {
    if (fence !== "sh") continue;
    const plain = text.replace(/'[^']*'|"[^"]*"/g, "").replace(/ {2}# .*$/, "");
    assert(!/[|;<>]|&&|\$\(/.test(plain), `${file}: ${text}`);
  }
  for (const [file, text] of Object.entries(files)) {
    assert(
      !/"(pre|post)?install"\s*:\s*"|kind":\s*"(exec|download)/.test(text),
      file,
    );
    assert(!/\b(sk|pk)-[A-Za-z0-9]{16,}|SOGNI_API_KEY=\S/.test(text), file);
    assert(!/\/tmp\b/.test(text), file);
    assert(!/\bff(mpeg|probe) -/.test(text), file);
  }
});

Deno.test("the version is the same everywhere", () => {
  const stamped = Object.entries(files).filter(([file]) =>
    /plugin\.json$|manifest\.json$/.test(file)
  );
  assertEquals(stamped.length, 4);
  for (const [file, text] of stamped) {
    assertEquals(JSON.parse(text).version, VERSION, file);
  }
  for (const [file, text] of skills) {
    assert(text.includes(`version: ${JSON.stringify(VERSION)}`), file);
  }
});

Deno.test("ChatGPT's instructions fit and name no command", () => {
  const text = files[`${DIST}/chatgpt/instructions.md`] ?? "";
  assert(text.length < INSTRUCTIONS_LIMIT, String(text.length));
  assert(!/sogni-agent|(^|\s)--\w/.test(text));
});

Deno.test("llms.txt has one title, a summary and lists of links, and an alias", () => {
  const text = files["llms.txt"] ?? "";
  assertEquals(files["llm.txt"], text);
  assertEquals(text.match(/^# /gm)?.length, 1);
  assertMatch(text, /^# .+\n\n> .+/);
  const sections = text.split(/^## /m).slice(1);
  assert(sections.length >= 3);
  for (const section of sections) {
    const lines = section.split("\n").slice(1).filter((line) => line !== "");
    for (const line of lines) {
      assertMatch(line, /^- \[[^\]]+\]\(https:[^)]+\): /);
    }
  }
});

Deno.test("ClawHub's bundle holds nothing of a code plugin", () => {
  const names = Object.keys(
    surfaces()["clawhub/sogni-creative-agent-skill"] ?? {},
  );
  assert(names.includes("skill-package.json"));
  for (
    const name of [
      "package.json",
      "openclaw.plugin.json",
      "openclaw-plugin.mjs",
    ]
  ) {
    assert(!names.includes(name), name);
  }
});

Deno.test("the marketplace leads to the plugin", () => {
  const { plugins: [plugin] } = JSON.parse(
    files[".claude-plugin/marketplace.json"] ?? "",
  );
  const root = posix.normalize(plugin.source);
  const manifest = JSON.parse(
    files[`${root}/.claude-plugin/plugin.json`] ?? "",
  );
  assertEquals(manifest.name, plugin.name);
  const lean = posix.join(root, manifest.skills, manifest.name, "SKILL.md");
  assertMatch(files[lean] ?? "", /\]\(\.\.\/\.\.\/SKILL\.md\)/);
});
