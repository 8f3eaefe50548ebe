/**
 * Makes the executable: `dist/sogni-agent` (or the path given as the first argument).
 *
 * The bundle is compiled from a clean folder that holds nothing else, so that nothing else is
 * embedded. `DENORT_BIN` names the runtime to embed; without it Deno fetches its own. `DENO_COMPILE`
 * names the deno that fits that runtime, where it is not the one that runs this script.
 */
import { stop } from "esbuild";
import { spawnSync } from "node:child_process";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { buildBundle } from "./build.ts";

const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** Packages that only Node needs; in the executable a stub stands for them. */
const NODE_ONLY = /node_modules\/(?:\.deno\/)?undici[@/]/;

/**
 * Compiles the bundle in `bundle` to the executable `output`. `BUNDLE.meta.json` has to lie beside
 * the bundle.
 */
export async function compileBundle(
  bundle: string,
  output: string,
  target?: string,
): Promise<void> {
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), "sogni-compile-"));
  try {
    const names = await fs.readdir(bundle);
    const left = await nodeOnlyChunks(bundle);
    for (const name of names) {
      const file = path.join(folder, name);
      if (left.has(name)) await fs.writeFile(file, 'throw new Error("not in the executable");');
      else await fs.copyFile(path.join(bundle, name), file);
    }
    const config = JSON.parse(await fs.readFile(path.join(ROOT, "deno.json"), "utf8"));
    // Only what the executable itself needs: no import map, no tasks.
    await fs.writeFile(
      path.join(folder, "deno.json"),
      JSON.stringify({
        unstable: config.unstable,
        permissions: { cli: config.permissions.cli },
        compile: { permissions: "cli" },
      }),
    );
    await fs.mkdir(path.dirname(output), { recursive: true });
    run(process.env.DENO_COMPILE ?? process.execPath, [
      "compile",
      "--quiet",
      "--no-lock",
      "-P=cli",
      "--no-prompt",
      "--no-check",
      "--no-code-cache",
      ...(target ? ["--target", target] : []),
      ...names.filter((name) => name !== "main.js").flatMap((name) => ["--include", name]),
      "--output",
      path.resolve(output),
      "main.js",
    ], folder);
  } finally {
    await fs.rm(folder, { recursive: true, force: true });
  }
}

/** Chunks made of nothing but packages that only Node needs. */
async function nodeOnlyChunks(bundle: string): Promise<Set<string>> {
  const { outputs } = JSON.parse(await fs.readFile(`${bundle}.meta.json`, "utf8")) as {
    outputs: Record<string, { inputs: Record<string, unknown> }>;
  };
  const isNodeOnly = (inputs: string[]) =>
    inputs.length > 0 && inputs.every((input) => NODE_ONLY.test(input));
  return new Set(
    Object.entries(outputs).filter(([, { inputs }]) => isNodeOnly(Object.keys(inputs)))
      .map(([file]) => file),
  );
}

function run(program: string, args: string[], cwd: string): void {
  // The executable keeps these: certificates of companies are in the system's store.
  const env = { ...process.env, DENO_TLS_CA_STORE: "mozilla,system" };
  const { status, error } = spawnSync(program, args, { cwd, env, stdio: "inherit" });
  if (error) throw error;
  if (status !== 0) throw new Error(`${program} ${args[0]} ended with ${status}`);
}

if (import.meta.main) {
  const bundle = path.join(ROOT, "dist/bundle");
  await buildBundle(bundle, `${bundle}.meta.json`);
  await stop();
  await compileBundle(bundle, process.argv[2] ?? path.join(ROOT, "dist/sogni-agent"));
}
