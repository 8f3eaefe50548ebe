/**
 * Packs the npm packages, installs them the way people do (globally, into a folder of its own),
 * runs black-box cases against what landed there, and walks the way of a newcomer from npx to a
 * picture by MCP (`deno task npm:smoke [--all]`; all: the whole black-box suite). `NODE22` names the
 * Node to use; without it the one on `PATH`, which must be 22.13 or later. Nothing is fetched.
 */
import { stop } from "esbuild";
import { spawnSync } from "node:child_process";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { buildNpmPackage, buildSetupPackage } from "./npm_package.ts";
import { walkNewcomer } from "./smoke/newcomer.ts";

const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const CASES = ["version", "start_up", "picture", "setup"];
const PACKAGE = "node_modules/@sogni-ai/sogni-creative-agent-skill";

async function main(folder: string): Promise<void> {
  const node = process.env.NODE22 ?? "node";
  await buildNpmPackage(path.join(folder, "program"));
  await buildSetupPackage(path.join(folder, "setup"));
  await stop();
  const tarballs = ["program", "setup"].map((name) => pack(path.join(folder, name), folder));
  const [program = ""] = tarballs;
  const prefix = path.join(folder, "prefix");
  run("npm", ["install", "-g", ...QUIET, "--prefix", prefix, program]);
  const launcher = path.join(prefix, "lib", PACKAGE, "bin/sogni-agent.mjs");
  // By the link that npm made, as a shell would start it.
  run(node, [path.join(prefix, "bin/sogni-agent"), "--version"]);
  const cases = process.argv.includes("--all")
    ? ["tests/black_box"]
    : CASES.map((name) => `tests/black_box/${name}_test.ts`);
  run(process.execPath, ["task", "test", ...cases], {
    SOGNI_AGENT_UNDER_TEST: JSON.stringify([node, launcher]),
  });
  await trySetup(node, folder, tarballs);
  const walk = path.join(folder, "newcomer");
  await fs.mkdir(walk);
  const packages = await Promise.all(
    ["program", "setup"].map(async (name, index) => ({
      manifest: JSON.parse(await fs.readFile(path.join(folder, name, "package.json"), "utf8")),
      tarball: tarballs[index] ?? "",
    })),
  );
  for (const line of await walkNewcomer(node, walk, packages)) process.stdout.write(`${line}\n`);
}

/** The package for npx, on a home with one runtime: it installs, and takes everything back. */
async function trySetup(node: string, folder: string, tarballs: string[]): Promise<void> {
  const place = path.join(folder, "place");
  const home = path.join(folder, "home");
  await fs.mkdir(path.join(home, ".claude"), { recursive: true });
  await fs.mkdir(place);
  run("npm", ["install", ...QUIET, "--prefix", place, ...tarballs]);
  const setup = path.join(place, "node_modules/.bin/setup-sogni-agent-skill");
  const env = { HOME: home, INSTALL_CLI: "skip" };
  run(node, [setup, "--yes", "--only=claude"], env);
  const skills = path.join(home, ".claude/skills");
  if ((await fs.readdir(skills)).join() !== "sogni-creative-agent-skill") {
    throw new Error(`${skills} does not hold the skill`);
  }
  run(node, [setup, "--uninstall"], env);
  const left = await fs.readdir(path.join(home, ".claude"));
  if (left.length > 0) throw new Error(`uninstalling left ${left.join(", ")}`);
}

const QUIET = ["--offline", "--no-audit", "--no-fund", "--silent"];

function pack(folder: string, into: string): string {
  const { stdout, status } = spawnSync("npm", ["pack", "--silent", "--pack-destination", into], {
    cwd: folder,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`npm pack in ${folder} ended with ${status}`);
  return path.join(into, stdout.trim());
}

function run(program: string, args: string[], env: Record<string, string> = {}): void {
  const { status, error } = spawnSync(program, args, {
    cwd: ROOT,
    stdio: "inherit",
    env: { ...process.env, ...env },
  });
  if (error) throw error;
  if (status !== 0) throw new Error(`${program} ${args.join(" ")} ended with ${status}`);
}

if (import.meta.main) {
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), "sogni-smoke-"));
  try {
    await main(folder);
  } finally {
    await fs.rm(folder, { recursive: true, force: true });
  }
}
