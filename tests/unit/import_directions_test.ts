/** The rules of ARCHITECTURE: which part may import which, as a table that is enforced. */
import { assert, assertEquals } from "@std/assert";
import { existsSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { sourceFiles } from "../support/source_files.ts";

/** What the code of one folder of lib/ may import at run time; types may come from anywhere. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  errors: ["text"],
  text: [],
  catalog: ["errors", "text"],
  plan: ["catalog", "errors", "text"],
  platform: ["errors", "text", "catalog"],
  cli: ["catalog", "errors", "text", "platform"],
  net: ["catalog", "errors", "text", "platform"],
  media: ["catalog", "errors", "text", "platform"],
  store: ["net", "media", "catalog", "errors", "text", "platform"],
  setup: ["store", "net", "media", "catalog", "errors", "text", "platform"],
  mcp: ["media", "catalog", "errors", "text", "platform"],
  service: ["plan", "net", "media", "store", "catalog", "errors", "text", "platform"],
};

/** Folders whose files may use neither `node:` modules nor packages. */
const PURE = ["catalog", "plan", "text", "errors"];

/** Parts that are loaded before the command is known. */
const START_UP = ["cli", "platform", "main.ts"];

/** Who may import the sandbox: its own files, its command, and what starts it. */
const SANDBOX_USERS = /^lib\/(sandbox\/|commands\/sandbox|platform\/)/;

/** Who may import a command: the command table, the entry points and commands themselves. */
const COMMAND_USERS = /^(main\.ts|worker\.ts|lib\/commands\/)/;

const STATIC = /^(?:import|export)\b([^"';()]*?)\bfrom\s*["']([^"']+)["']/gm;
const BARE = /^import\s*["']([^"']+)["']/gm;
const CALL = /\bimport\(\s*["']([^"']+)["']\s*,?\s*\)(\.[A-Z])?/g;

interface Import {
  file: string;
  /** `node:fs`, `zod`, or a path from the root such as `lib/text/control.ts`. */
  target: string;
  /** A file of the project, not a package and not a `node:` module. */
  local: boolean;
  dynamic: boolean;
  typeOnly: boolean;
}

const files = [...sourceFiles("lib"), ...["main.ts"].filter((path) => existsSync(path))]
  .filter((path) => !path.endsWith("_test.ts"));
const sources = new Map(files.map((path) => [path, readFileSync(path, "utf8")]));
const imports = [...sources].flatMap(([path, code]) => importsOf(path, code));
const running = imports.filter(({ typeOnly }) => !typeOnly);

Deno.test("there is something to check", () => {
  assert(files.length > 50, String(files.length));
  assert(imports.length > files.length);
});

for (const [folder, allowed] of Object.entries(MAY_IMPORT)) {
  Deno.test(`lib/${folder} imports no other part than ${allowed.join(", ") || "itself"}`, () => {
    const wrong = running.filter(({ file, target }) =>
      partOf(file) === folder && target.startsWith("lib/") && partOf(target) !== "sandbox" &&
      partOf(target) !== folder && !allowed.includes(partOf(target))
    );
    assertEquals(listed(wrong), []);
  });
}

Deno.test(`${PURE.join(", ")} import no node: module and no package`, () => {
  const wrong = running.filter(({ file, local }) => PURE.includes(partOf(file)) && !local);
  assertEquals(listed(wrong), []);
});

Deno.test("the sandbox is imported by tests, its command and its starter alone", () => {
  const wrong = running.filter(({ file, target }) =>
    target.startsWith("lib/sandbox/") && !SANDBOX_USERS.test(file)
  );
  assertEquals(listed(wrong), []);
});

Deno.test("nothing imports commands but the entry points", () => {
  const wrong = running.filter(({ file, target }) =>
    target.startsWith("lib/commands/") && !COMMAND_USERS.test(file)
  );
  assertEquals(listed(wrong), []);
});

Deno.test("the start-up path imports packages only when they are needed", () => {
  const wrong = running.filter(({ file, target, local, dynamic }) =>
    START_UP.includes(partOf(file)) && !dynamic && !local && !target.startsWith("node:")
  );
  assertEquals(listed(wrong), []);
});

Deno.test("main.ts loads no package before it knows the command", () => {
  const loaded = new Set(["main.ts", "lib/commands/main_thread.ts"]);
  for (const path of loaded) {
    for (const { file, target, local, dynamic } of running) {
      if (file !== path || dynamic) continue;
      assert(local || target.startsWith("node:"), `${file} imports ${target}`);
      if (local) loaded.add(target);
    }
  }
});

Deno.test("Deno.* is used in lib/platform alone", () => {
  const wrong = [...sources]
    .filter(([path, code]) => partOf(path) !== "platform" && /\bDeno\s*\./.test(stripProse(code)))
    .map(([path]) => path);
  assertEquals(wrong, []);
});

Deno.test("no file is longer than 400 lines, tables of data excepted", () => {
  const long = [...sources]
    .filter(([path, code]) => code.split("\n").length > 401 && !isData(path))
    .map(([path]) => path);
  assertEquals(long, []);
});

Deno.test("imports are found in every form", () => {
  const code = [
    'import a from "node:fs";',
    'import type { B } from "../text/control.ts";',
    "import {\n  c,\n  type D,\n} from 'zod';",
    'export { e } from "./e.ts";',
    'export type { F } from "./f.ts";',
    'import "./side_effect.ts";',
    'const g = await import("./g.ts");',
    'type H = import("./h.ts").H;',
    '// import x from "./prose.ts";',
  ].join("\n");
  assertEquals(
    importsOf("lib/plan/x.ts", code).map(({ target, dynamic, typeOnly }) =>
      `${target}${dynamic ? " dynamic" : ""}${typeOnly ? " type" : ""}`
    ).sort(),
    [
      "lib/plan/e.ts",
      "lib/plan/f.ts type",
      "lib/plan/g.ts dynamic",
      "lib/plan/h.ts type",
      "lib/plan/side_effect.ts",
      "lib/text/control.ts type",
      "node:fs",
      "zod",
    ],
  );
});

/** `plan` of `lib/plan/music.ts`; the file itself for files of the root and right under lib/. */
function partOf(path: string): string {
  const [, part = path] = path.split("/");
  return part;
}

function isData(path: string): boolean {
  return /^lib\/(catalog\/|cli\/flags\/|errors\/registry|setup\/.*data)/.test(path);
}

function listed(wrong: readonly Import[]): string[] {
  return wrong.map(({ file, target }) => `${file} imports ${target}`);
}

function importsOf(file: string, code: string): Import[] {
  const text = stripComments(code);
  const found: Import[] = [];
  const add = (target: string, dynamic: boolean, typeOnly: boolean) => {
    const local = target.startsWith(".");
    const path = local ? posix.join(posix.dirname(file), target) : target;
    found.push({ file, target: path, local, dynamic, typeOnly });
  };
  for (const match of text.matchAll(STATIC)) {
    const [, clause = "", target = ""] = match;
    add(target, false, /^\s*type\b/.test(clause));
  }
  for (const match of text.matchAll(BARE)) add(match[1] ?? "", false, false);
  for (const match of text.matchAll(CALL)) {
    // `import("x").Name` is a type; a value would be awaited first.
    const typeOnly = match[2] !== undefined;
    add(match[1] ?? "", !typeOnly, typeOnly);
  }
  return found;
}

function stripComments(code: string): string {
  return code.replace(/\/\*[\s\S]*?\*\//g, "").replace(/^\s*\/\/.*$/gm, "");
}

/** Code without comments and without the text of strings. */
function stripProse(code: string): string {
  return stripComments(code).replace(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g, '""');
}
