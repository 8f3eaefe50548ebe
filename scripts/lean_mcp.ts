/**
 * Lets the bundle hold only those schemas of the MCP library that the server needs, and make them
 * when they are needed.
 *
 * The library makes a few hundred schemas, most of them for roles that a server of tools has no part
 * in: some while it is loaded, and all of a protocol's when the first message comes. A client waits
 * for the answer to its greeting meanwhile, and that was half of the wait. A bundler cannot drop
 * them by itself: it does not know that making a schema touches nothing else, and a table names them
 * all. What is checked stays as it is. Each change has to be found, so that another version of the
 * library cannot pass by unnoticed.
 */

import type { Plugin } from "esbuild";
import * as fs from "node:fs/promises";

/** Changes the files of the library as they are read. */
export function leanMcp(): Plugin {
  return {
    name: "lean-mcp",
    setup(builder) {
      for (const { file, change } of LEAN_MCP) {
        builder.onLoad({ filter: file }, async ({ path }) => ({
          contents: change(await fs.readFile(path, "utf8")),
        }));
      }
    },
  };
}

/** Files of the library that are changed, and how. */
export const LEAN_MCP: readonly { file: RegExp; change: (code: string) => string }[] = [
  {
    file: /[/\\]@modelcontextprotocol[/\\]core[/\\]dist[/\\](?:schemas|auth)-[\w-]+\.mjs$/,
    change: markPure,
  },
  {
    file: /[/\\]@modelcontextprotocol[/\\]server[/\\]dist[/\\]src-[\w-]+\.mjs$/,
    change: (code) => makeLater(dropTable(code)),
  },
];

/** Says of every schema of a module that it may go when nobody asks for it. */
export function markPure(code: string): string {
  let found = 0;
  const marked = code.replace(schemasWithin(""), (_, name: string, made: string) => {
    found++;
    return `const ${name} = /* @__PURE__ */ (() => ${made})();\n`;
  });
  expect(found >= 10, "schemas");
  return marked;
}

/** Takes the loops out that put every schema into the library's table of them. */
export function dropTable(code: string): string {
  let left = code;
  for (const loop of TABLE_LOOPS) {
    expect(left.includes(loop), loop);
    left = left.replace(loop, "");
  }
  return left;
}

const TABLE_LOOPS = [
  "for (const key of SPEC_SCHEMA_KEYS) register(key, schemas_exports[key]);",
  "for (const [key, schema] of Object.entries(authSchemas)) register(key, schema);",
];

/**
 * Makes each schema of the protocol of 2025 a function that makes it at its first call, and the
 * tables of them objects whose properties call it.
 */
export function makeLater(code: string): string {
  const [, before = "", made = "", returned = "", after = ""] = BUILD.exec(code) ?? [];
  expect(returned !== "", "function that makes the schemas of 2025");
  const names: string[] = [];
  const functions = made.replace(schemasWithin("\t"), (_, name: string, schema: string) => {
    names.push(name);
    return `\tconst ${name} = later(() => ${schema});\n`;
  });
  expect(names.length >= 50, "schemas of 2025");
  const called = new RegExp(
    `(?<![\\w$])(?<!(?<!\\.\\.)\\.)(?:${
      names.map((name) => name.replace("$", "\\$")).join("|")
    })(?![\\w$])(?!:)`,
    "g",
  );
  const call = (text: string) =>
    text.replace(
      called,
      (name, at: number) => text.startsWith("const ", at - 6) ? name : `${name}()`,
    );
  const entries = call(
    returned.replace(/^\t\t(\w+)(?=,?$)/gm, "\t\t$1: $1").replace(
      /^\t\t(\w+): /gm,
      "\t\t$1: () => ",
    ),
  );
  return LATER + before + call(functions) + entries + readLater(after);
}

/** Up to the function, its schemas, the object of them that it returns, and the rest. */
const BUILD =
  /^([\s\S]*?\nfunction build\$1\(\) \{\n)([\s\S]*?\n)(\treturn \{\n[\s\S]*?\n\t\};\n)(\}\n[\s\S]*)$/;

const LATER = `const later = (make) => { let made; return () => made ??= make(); };
const laterIn = (makers) => {
  const object = {};
  for (const [name, make] of Object.entries(makers)) Object.defineProperty(object, name, { get: later(make), enumerable: true });
  return object;
};
`;

/** The tables by method: properties that are read in place of values. */
function readLater(code: string): string {
  let found = 0;
  const [table = ""] = /\nfunction registryMaps\(\) \{\n[\s\S]*?\n\}\n/.exec(code) ?? [];
  const lazy = table.replace(
    /^\t\t\t([\w"/]+): (s\.\w+)(?=,?$)/gm,
    (_, key: string, read: string) => {
      found++;
      return `\t\t\tget ${key}() { return ${read}; }`;
    },
  );
  expect(found >= 40, "table of methods");
  return code.replace(table, () => lazy)
    .replace("memo$1 ??= build$1()", "memo$1 ??= laterIn(build$1())");
}

/** Statements at a depth: lines that go on are deeper, or begin with a closing bracket. */
function schemasWithin(indent: string): RegExp {
  return new RegExp(
    `^${indent}const (\\w+Schema(?:\\$1)?) = (.*(?:\\n${indent}[\\t}\\])].*)*);\\n`,
    "gm",
  );
}

function expect(holds: boolean, what: string): void {
  if (!holds) throw new Error(`the MCP library is another one than before: ${what} not found`);
}
