import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { build, stop } from "esbuild";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { dropTable, LEAN_MCP, makeLater, markPure } from "./lean_mcp.ts";

/** A module as the library's bundler writes them; `made` is told of each schema that is made. */
function libraryOf2025(schemas: number, methods: number): string {
  const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);
  return `export const made = [];
const z = { object: (shape, name = "") => { made.push(name); return { shape }; } };
function build$1() {
	/** Kept. */
	const PlainSchema = z.object({}, "Plain");
${
    numbers(schemas).map((n) => `	const Item${n}Schema$1 = z.object({ n: ${n} }, "Item${n}");\n`)
      .join("")
  }	/**
	* Uses others.
	*/
	const PairSchema$1 = z.object({
		...{ spread: Item2Schema$1, ...Item0Schema$1.shape },
		first: Item0Schema$1,
		get second() {
			return Item1Schema$1;
		}
	}, "Pair");
	return {
		PlainSchema,
${
    numbers(schemas).map((n) => `		Item${n}Schema: Item${n}Schema$1,\n`).join("")
  }		PairSchema: PairSchema$1,
		UnionSchema: z.object([
			Item0Schema$1,
			PairSchema$1
		], "Union")
	};
}
let memo$1;
function buildSchemas2025() {
	return memo$1 ??= build$1();
}
let maps$1;
function registryMaps() {
	if (maps$1) return maps$1;
	const s = buildSchemas2025();
	maps$1 = {
		requestSchemas: {
			ping: s.PlainSchema,
${
    numbers(methods).map((n) => `			"item/${n}": s.Item${n}Schema,\n`).join("")
  }			"pair/get": s.PairSchema
		}
	};
	return maps$1;
}
export { buildSchemas2025, registryMaps };
`;
}

interface Library {
  made: string[];
  buildSchemas2025(): Record<string, { shape: Record<string, unknown> }>;
  registryMaps(): { requestSchemas: Record<string, unknown> };
}

async function load(code: string): Promise<Library> {
  return await import(`data:text/javascript,${encodeURIComponent(code)}`);
}

Deno.test("a schema is made when it is asked for, once, and is what it was", async () => {
  const code = libraryOf2025(60, 60);
  const [before, after] = [await load(code), await load(makeLater(code))];
  assertEquals(
    before.buildSchemas2025().PairSchema,
    before.registryMaps().requestSchemas["pair/get"] as never,
  );
  assertEquals(before.made.length, 63);

  const { requestSchemas } = after.registryMaps();
  assertEquals(after.made, []);
  const pair = requestSchemas["pair/get"];
  assertEquals(after.made, ["Item2", "Item0", "Pair"]);
  assert(pair === after.buildSchemas2025().PairSchema);
  assert(requestSchemas["pair/get"] === pair);
  assertEquals(after.made, ["Item2", "Item0", "Pair"]);
  assert((pair as { shape: { second: unknown } }).shape.second === requestSchemas["item/1"]);
  assertEquals(Object.keys(after.buildSchemas2025()), Object.keys(before.buildSchemas2025()));
  for (const [name, schema] of Object.entries(before.buildSchemas2025())) {
    assertEquals(after.buildSchemas2025()[name], schema, name);
  }
});

Deno.test("every schema of the library checks what it did", async () => {
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), "sogni-lean-"));
  try {
    const [before, after] = [await schemasOf(folder, false), await schemasOf(folder, true)];
    assert(Object.keys(before).length > 100);
    assertEquals(after, before);
  } finally {
    await stop();
    await fs.rm(folder, { recursive: true });
  }
});

/** The schemas of 2025 by name, as JSON Schema. */
async function schemasOf(folder: string, lean: boolean): Promise<Record<string, unknown>> {
  const outfile = path.join(folder, `${lean}.mjs`);
  await build({
    stdin: {
      contents: `export * as z from "zod";
import * as library from "@modelcontextprotocol/server";
export const used = library.McpServer;
export const schemas = () => globalThis.schemasOf2025();`,
      resolveDir: path.dirname(fileURLToPath(import.meta.url)),
    },
    outfile,
    bundle: true,
    format: "esm",
    platform: "node",
    logLevel: "error",
    plugins: [{
      name: "lean",
      setup(builder) {
        for (const { file, change } of LEAN_MCP) {
          builder.onLoad({ filter: file }, async ({ path: found }) => {
            const code = await fs.readFile(found, "utf8");
            const contents = lean ? change(code) : code;
            const isServer = code.includes("buildSchemas2025");
            return {
              contents: isServer
                ? `${contents}\nglobalThis.schemasOf2025 = buildSchemas2025;`
                : contents,
              loader: "js",
            };
          });
        }
      },
    }],
  });
  const { schemas, z } = await import(pathToFileURL(outfile).href);
  return Object.fromEntries(
    Object.entries(schemas()).map(([name, schema]) => [
      name,
      z.toJSONSchema(schema, { unrepresentable: "any", io: "input" }),
    ]),
  );
}

Deno.test("statements of any shape are marked as free of effects", async () => {
  const plain = Array.from({ length: 10 }, (_, n) => `const A${n}Schema = z.string();\n`).join("");
  const code = `const z = { string: () => 1, object: (shape) => shape };
${plain}const WideSchema = z.object({ get [KEY]() {
	return A0Schema;
} });
const KEPT = z.string();
export { A1Schema, WideSchema, KEPT };
`;
  const marked = markPure(code);
  assertStringIncludes(marked, "const A3Schema = /* @__PURE__ */ (() => z.string())();\n");
  assertStringIncludes(marked, "const KEPT = z.string();\n");
  const { A1Schema, WideSchema } = await import(
    `data:text/javascript,${encodeURIComponent(`const KEY = "key";\n${marked}`)}`
  );
  assertEquals([A1Schema, WideSchema.key], [1, 1]);
});

Deno.test("another library stops the build", () => {
  assertThrows(() => markPure("const OneSchema = z.string();\n"), Error, "schemas not found");
  assertThrows(() => dropTable("const table = {};\n"), Error, "SPEC_SCHEMA_KEYS");
  assertThrows(() => makeLater("export {};\n"), Error, "function that makes the schemas");
  assertThrows(() => makeLater(libraryOf2025(10, 10)), Error, "schemas of 2025 not found");
  assertThrows(() => makeLater(libraryOf2025(60, 10)), Error, "table of methods not found");
});
