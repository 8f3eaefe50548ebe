/** What the bundle holds as finished data instead of as code that makes it at every start. */
import type { Plugin } from "esbuild";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { deflateRawSync } from "node:zlib";
import { FLAG_GROUPS, FLAG_ROWS } from "../lib/cli/flags/table.ts";
import { HELP_TEXT } from "../lib/cli/help_text.ts";
import { INSTRUCTIONS } from "../lib/mcp/instructions.ts";
import { readSkillFiles } from "../lib/setup/read_skill_files.ts";

/** Replaces such modules. @param root the project's folder */
export function constants(root: string): Plugin {
  return {
    name: "constants",
    setup(builder) {
      builder.onLoad({ filter: /[/\\]lib[/\\]cli[/\\]help_text\.ts$/ }, () => ({
        contents: `export const HELP_TEXT = ${JSON.stringify(HELP_TEXT)};`,
      }));
      builder.onLoad({ filter: /[/\\]lib[/\\]cli[/\\]flags[/\\]table\.ts$/ }, () => ({
        contents: flagTable(),
      }));
      builder.onLoad({ filter: /[/\\]lib[/\\]mcp[/\\]instructions\.ts$/ }, () => ({
        contents: `export const INSTRUCTIONS = ${JSON.stringify(INSTRUCTIONS)};`,
      }));
      builder.onLoad({ filter: /[/\\]lib[/\\]setup[/\\]skill_files\.ts$/ }, () => ({
        contents: `const files = ${JSON.stringify(readSkillFiles(root))};
export const skillFiles = () => files;`,
      }));
      builder.onLoad({ filter: /\.wasm$/ }, async ({ path: file }) => ({
        contents: packedBytes(await fs.readFile(file)),
      }));
      builder.onLoad({ filter: /[/\\]deno\.json$/ }, async () => {
        const { version } = JSON.parse(await fs.readFile(path.join(root, "deno.json"), "utf8"));
        return { contents: JSON.stringify({ version }), loader: "json" };
      });
    },
  };
}

/** The flag table as one JSON text: read at once, where literals are compiled and then run. */
function flagTable(): string {
  const text = JSON.stringify(FLAG_GROUPS);
  const groups = JSON.parse(text) as typeof FLAG_GROUPS;
  const same = isDeepStrictEqual(groups, FLAG_GROUPS) &&
    isDeepStrictEqual(groups.flatMap(({ rows }) => rows), FLAG_ROWS);
  if (!same) throw new Error("the flag table is no plain data, or its groups are not its rows");
  return `export const FLAG_GROUPS = JSON.parse(${JSON.stringify(text)});
export const FLAG_ROWS = FLAG_GROUPS.flatMap(({ rows }) => rows);`;
}

/** A module whose default export is the bytes; deflated, they take a third of the room. */
function packedBytes(bytes: Uint8Array): string {
  const packed = deflateRawSync(bytes, { level: 9 }).toString("base64");
  return `import { Buffer } from "node:buffer";
import { inflateRawSync } from "node:zlib";
export default new Uint8Array(inflateRawSync(Buffer.from("${packed}", "base64")));`;
}
