/**
 * Puts the small chunks that every start needs together.
 *
 * Code splitting gives each set of importers a chunk of its own, dozens of files of a few hundred
 * bytes, and each file that is opened costs part of a millisecond. What `--version` loads becomes
 * one chunk, what parsing and the state commands load becomes another; heavy chunks stay apart.
 */
import { rollup } from "@rollup/wasm-node";
import * as fs from "node:fs/promises";
import * as path from "node:path";

/** What each file of a bundle is made of: the part of esbuild's metafile that is used here. */
export interface BundleMeta {
  outputs: Record<string, {
    inputs: Record<string, { bytesInOutput: number }>;
    imports: { path: string; kind: string }[];
    entryPoint?: string;
  }>;
}

/** Chunks that are started by name. */
const ENTRIES = ["main", "worker"];

/** A group of chunks that become one: everything that these source modules import statically. */
export interface ChunkGroup {
  name: string;
  modules: readonly RegExp[];
  /**
   * Nobody else shall load it, nor it what others load: what it has in common with later groups
   * goes into a small chunk between them.
   */
  apart?: boolean;
}

/** The chunk of what a group that stays apart shares with others. */
const COMMON = "common";

/**
 * Rewrites the bundle in `folder` with the groups merged; earlier groups take first.
 *
 * @returns the sources of each file that is there afterwards
 */
export async function groupChunks(
  folder: string,
  meta: BundleMeta,
  groups: readonly ChunkGroup[],
): Promise<Record<string, { inputs: Record<string, unknown> }>> {
  const chunks = new Map(
    Object.entries(meta.outputs).map(([file, facts]) => [path.basename(file), facts]),
  );
  const groupOf = new Map<string, string>();
  for (const { name, modules, apart = false } of groups) {
    const isOf = (entry: string) => modules.some((pattern) => pattern.test(entry));
    const elsewhere = new Set<string>();
    for (const [file, { entryPoint }] of chunks) {
      if (!apart || !entryPoint || isOf(entryPoint)) continue;
      staticClosure(file, chunks, elsewhere);
    }
    for (const [file, { entryPoint }] of chunks) {
      if (!entryPoint || !isOf(entryPoint)) continue;
      for (const each of staticClosure(file, chunks)) {
        if (!groupOf.has(each)) groupOf.set(each, elsewhere.has(each) ? COMMON : name);
      }
    }
  }
  joinFacades(chunks, groupOf);
  const bundle = await rollup({
    input: Object.fromEntries(ENTRIES.map((name) => [name, path.join(folder, `${name}.js`)])),
    external: /^node:/,
    // esbuild has shaken the tree already.
    treeshake: false,
  });
  const { output } = await bundle.generate({
    format: "esm",
    hoistTransitiveImports: false,
    minifyInternalExports: true,
    generatedCode: "es2015",
    entryFileNames: "[name].js",
    chunkFileNames: "[name].js",
    manualChunks: (id) => {
      const file = path.basename(id);
      return ENTRIES.includes(path.parse(file).name) ? undefined : groupOf.get(file);
    },
  });
  await bundle.close();
  await fs.rm(folder, { recursive: true });
  await fs.mkdir(folder);
  const sources: Record<string, { inputs: Record<string, unknown> }> = {};
  for (const chunk of output) {
    if (chunk.type !== "chunk") continue;
    await fs.writeFile(path.join(folder, chunk.fileName), chunk.code);
    const inputs = chunk.moduleIds.map((id) => chunks.get(path.basename(id))?.inputs ?? {});
    sources[chunk.fileName] = { inputs: Object.assign({}, ...inputs) };
  }
  return sources;
}

/** A chunk without code of its own, which only hands on what others hold, lies with one of these. */
function joinFacades(
  chunks: ReadonlyMap<string, BundleMeta["outputs"][string]>,
  groupOf: Map<string, string>,
): void {
  for (const [file, { inputs, imports, entryPoint }] of chunks) {
    const isFacade = entryPoint !== undefined && !ENTRIES.includes(path.parse(file).name) &&
      Object.values(inputs).every(({ bytesInOutput }) => bytesInOutput === 0);
    if (!isFacade || groupOf.has(file)) continue;
    const [source] = imports.filter(({ kind }) => kind === "import-statement")
      .map(({ path: target }) => groupOf.get(path.basename(target)));
    if (source !== undefined) groupOf.set(file, source);
  }
}

/** A chunk and all that it imports before it runs. */
function staticClosure(
  file: string,
  chunks: ReadonlyMap<string, BundleMeta["outputs"][string]>,
  seen = new Set<string>(),
): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const { path: target, kind } of chunks.get(file)?.imports ?? []) {
    if (kind === "import-statement") staticClosure(path.basename(target), chunks, seen);
  }
  return seen;
}
