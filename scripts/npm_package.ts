/**
 * Makes the npm packages: `dist/npm/`, the bundle with a package.json for Node and every surface
 * for agents, and `dist/npm-setup/`, which runs its setup.
 */
import { stop } from "esbuild";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import { buildBundle } from "./build.ts";

const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
/** The surfaces that `deno task skill` generates for the root of the package. */
const SURFACES = path.join(ROOT, "skill/dist/sogni-creative-agent-skill");
const DOCUMENTS = ["README.md", "LICENSE", "CHANGELOG.md", "SECURITY.md"];

/** Writes the package of the program into `folder`. */
export async function buildNpmPackage(folder: string): Promise<void> {
  await fs.rm(folder, { recursive: true, force: true });
  await buildBundle(path.join(folder, "lib"));
  await fs.cp(SURFACES, folder, { recursive: true });
  await fs.mkdir(path.join(folder, "bin"));
  await copyProgram(
    path.join(ROOT, "npm/sogni-agent.mjs"),
    path.join(folder, "bin/sogni-agent.mjs"),
  );
  for (const name of DOCUMENTS) await fs.copyFile(path.join(ROOT, name), path.join(folder, name));
  const surfaces = await fs.readdir(SURFACES);
  await writeManifest("npm/package.json", folder, () => ({
    files: ["bin", "lib", ...surfaces, ...DOCUMENTS].sort(),
  }));
}

/** Writes the package that runs setup into `folder`. */
export async function buildSetupPackage(folder: string): Promise<void> {
  await fs.rm(folder, { recursive: true, force: true });
  await fs.mkdir(folder, { recursive: true });
  await copyProgram(path.join(ROOT, "npm/setup/setup.mjs"), path.join(folder, "setup.mjs"));
  await fs.copyFile(path.join(ROOT, "npm/setup/README.md"), path.join(folder, "README.md"));
  await fs.copyFile(path.join(ROOT, "LICENSE"), path.join(folder, "LICENSE"));
  await writeManifest("npm/setup/package.json", folder, (version) => ({
    // Exactly this one: setup installs what it was released with.
    dependencies: { "@sogni-ai/sogni-creative-agent-skill": version },
  }));
}

/** The version stands in deno.json alone. */
async function writeManifest(
  template: string,
  folder: string,
  more: (version: string) => Record<string, unknown>,
): Promise<void> {
  const read = async (name: string) =>
    JSON.parse(await fs.readFile(path.join(ROOT, name), "utf8")) as Record<string, unknown>;
  const { name, description, ...rest } = await read(template);
  const version = String((await read("deno.json")).version);
  const manifest = { name, version, description, ...rest, ...more(version) };
  await fs.writeFile(
    path.join(folder, "package.json"),
    `${JSON.stringify(manifest, null, 2)}\n`,
  );
}

async function copyProgram(from: string, to: string): Promise<void> {
  await fs.copyFile(from, to);
  await fs.chmod(to, 0o755);
}

if (import.meta.main) {
  await buildNpmPackage(path.join(ROOT, "dist/npm"));
  await buildSetupPackage(path.join(ROOT, "dist/npm-setup"));
  await stop();
}
