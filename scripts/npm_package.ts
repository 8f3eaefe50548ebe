/** Makes the npm package: `dist/npm/`, the same bundle with a package.json for Node, and the surfaces. */
import { stop } from "esbuild";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import { PRODUCT } from "../skill/source/product.ts";
import { surfaces } from "../skill/source/surfaces.ts";
import { buildBundle } from "./build.ts";

const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** Writes the package into `folder`. */
export async function buildNpmPackage(folder: string): Promise<void> {
  await fs.rm(folder, { recursive: true, force: true });
  await buildBundle(path.join(folder, "lib"));
  const { version } = JSON.parse(
    await fs.readFile(path.join(ROOT, "deno.json"), "utf8"),
  );
  const manifest = JSON.parse(
    await fs.readFile(path.join(ROOT, "npm/package.json"), "utf8"),
  );
  await fs.writeFile(
    path.join(folder, "package.json"),
    `${JSON.stringify({ ...manifest, version }, null, 2)}\n`,
  );
  await fs.mkdir(path.join(folder, "bin"));
  const launcher = path.join(folder, "bin/sogni-agent.mjs");
  await fs.copyFile(path.join(ROOT, "npm/sogni-agent.mjs"), launcher);
  await fs.chmod(launcher, 0o755);
  for (const name of ["README.md", "LICENSE", "CHANGELOG.md", "SECURITY.md"]) {
    await fs.copyFile(path.join(ROOT, name), path.join(folder, name));
  }
  for (
    const [file, text] of Object.entries(surfaces()[PRODUCT.skillId] ?? {})
  ) {
    const target = path.join(folder, file);
    await fs.mkdir(path.dirname(target), { recursive: true });
    await fs.writeFile(target, text);
  }
}

if (import.meta.main) {
  await buildNpmPackage(path.join(ROOT, "dist/npm"));
  await stop();
}
