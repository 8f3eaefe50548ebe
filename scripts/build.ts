/**
 * Makes the bundle that both the executable and the npm package carry: `dist/bundle/`.
 *
 * One code-split ESM bundle of `main.ts` and the worker module. Everything heavy is a chunk of its
 * own, reached by `import()`; `ethers` is replaced by a stub, since only API keys are used.
 * `dist/bundle.meta.json` says what each chunk is made of.
 *
 *     deno task build [folder]
 */
import { build, type Plugin, stop } from "esbuild";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { constants } from "./build_constants.ts";
import { type ChunkGroup, groupChunks } from "./group_chunks.ts";
import { leanMcp } from "./lean_mcp.ts";

const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** Chunks are ESM, but some packages inside them call `require` for built-in modules. */
const REQUIRE_BANNER = "const require = (id) => process.getBuiltinModule(id);";

/** What is loaded together lies together, see `group_chunks.ts`. */
const GROUPS: readonly ChunkGroup[] = [
  { name: "base", modules: [/^main\.ts$/, /platform\/facts\.ts$/, /update\/watch\.ts$/] },
  {
    name: "core",
    modules: [
      /commands\/main_thread\.ts$/,
      /commands\/(last|memory|personality)\.ts$/,
      /platform\/files\.ts$/,
    ],
  },
  // Before the service, which uses much of both and would keep it to itself.
  { name: "persona", modules: [/commands\/(persona|persona_media|login)\.ts$/] },
  { name: "film", modules: [/commands\/(concat|extract_frame|remix|list_media)\.ts$/] },
  { name: "failure", modules: [/cli\/report_failure\.ts$/, /commands\/fail\.ts$/] },
  { name: "help", modules: [/commands\/(help|version)\.ts$/] },
  {
    name: "wall",
    modules: [/commands\/(worker|network|run_service)\.ts$/, /platform\/worker_session\.ts$/],
  },
  { name: "mcp", modules: [/mcp\/serve\.ts$/], apart: true },
  {
    name: "service",
    modules: [
      /commands\/(generate|estimate|balance|reach)\.ts$/,
      /platform\/reach\.ts$/,
      /store\/journal\/serve\.ts$/,
    ],
  },
  {
    name: "sandbox",
    modules: [/commands\/(sandbox|sandbox_starter|lasting_sandbox)\.ts$/, /sandbox_service\.ts$/],
  },
  { name: "paint", modules: [/sandbox\/paint\/paint\.ts$/] },
  {
    name: "hosted",
    modules: [/commands\/(api_chat|durable_chat|workflow|api_models|replay|storyboard_plan)\.ts$/],
  },
  {
    name: "jobs",
    modules: [
      /commands\/(jobs|history|gallery|batch)\.ts$/,
      /commands\/(jobs|history|gallery|batch)\/[a-z_]+\.ts$/,
    ],
  },
  { name: "notice", modules: [/update\/notice\.ts$/, /change_small_file\.ts$/] },
  { name: "upkeep", modules: [/commands\/(doctor|whats_new|snooze_update|update_check)\.ts$/] },
  {
    name: "setup",
    modules: [/commands\/(setup|self_update)\.ts$/, /lib\/setup\/(?!skill_files)[a-z_]+\.ts$/],
  },
  {
    name: "completions",
    modules: [/commands\/completions\.ts$/, /cli\/completions\//, /man_page/],
  },
  {
    name: "machine",
    modules: [
      /platform\/(assemble|child|download|transfer|spawn_detached|terminal_input|read_lines)\.ts$/,
    ],
  },
  { name: "pictures", modules: [/media\/image\/(prepare|resize|png_decode|png_encode)\.ts$/] },
];

/**
 * Writes the bundle to `outdir` and returns the names of its files.
 *
 * @param metafile where to write what each chunk is made of, as esbuild tells it
 * @param variant changes what is built, for measurements
 */
export async function buildBundle(
  outdir: string,
  metafile?: string,
  variant: readonly Plugin[] = [],
): Promise<string[]> {
  await fs.rm(outdir, { recursive: true, force: true });
  const { metafile: parts } = await build({
    absWorkingDir: ROOT,
    metafile: true,
    entryPoints: { main: "main.ts", worker: "lib/commands/worker.ts" },
    outdir,
    chunkNames: "[name]-[hash]",
    bundle: true,
    splitting: true,
    minify: true,
    legalComments: "none",
    platform: "node",
    format: "esm",
    target: ["node22", "es2023"],
    alias: {
      ethers: path.join(ROOT, "scripts/stubs/ethers.ts"),
      "@modelcontextprotocol/server/_shims": path.join(ROOT, "scripts/stubs/mcp_shims.ts"),
      // Its other form asks for its parts at run time, which a bundle does not have.
      "jsonc-parser": "jsonc-parser/lib/esm/main.js",
    },
    define: {
      // The native helpers of ws are not in the bundle; this keeps it from looking for them.
      "process.env.WS_NO_BUFFER_UTIL": '"1"',
      "process.env.WS_NO_UTF_8_VALIDATE": '"1"',
    },
    plugins: [constants(ROOT), leanMcp(), ...variant],
    logLevel: "warning",
  });
  await addRequire(outdir);
  const outputs = await groupChunks(outdir, parts, GROUPS);
  if (metafile !== undefined) await fs.writeFile(metafile, JSON.stringify({ outputs }));
  return (await fs.readdir(outdir)).sort();
}

/** `require` is defined only in the chunks that use it. */
async function addRequire(outdir: string): Promise<void> {
  for (const name of await fs.readdir(outdir)) {
    const file = path.join(outdir, name);
    const code = await fs.readFile(file, "utf8");
    if (/\brequire\b/.test(code)) await fs.writeFile(file, `${REQUIRE_BANNER}${code}`);
  }
}

if (import.meta.main) {
  const outdir = process.argv[2] ?? path.join(ROOT, "dist/bundle");
  await buildBundle(outdir, `${outdir}.meta.json`);
  await stop();
}
