/**
 * Writes every agent surface from `skill/source/` (`deno task skill`), and removes generated files
 * that have no source any more. `--check` writes nothing and fails when something differs.
 */
import * as fs from "node:fs/promises";
import * as path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { DIST, generatedFiles } from "../skill/source/surfaces.ts";

const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** Paths (from the root) of generated files that are missing, differ, or should not be there. */
export async function findDrift(root: string = ROOT): Promise<string[]> {
  const wanted = generatedFiles();
  const drifted: string[] = [];
  for (const [file, text] of Object.entries(wanted)) {
    const present = await fs.readFile(path.join(root, file), "utf8").catch(() => undefined);
    if (present !== text) drifted.push(file);
  }
  return [...drifted, ...await strangers(root, wanted)].sort();
}

/** Writes the files and removes strangers from the folder of generated ones. */
export async function writeSurfaces(root: string = ROOT): Promise<void> {
  const wanted = generatedFiles();
  for (const file of await strangers(root, wanted)) {
    await fs.rm(path.join(root, file));
  }
  for (const [file, text] of Object.entries(wanted)) {
    await fs.mkdir(path.dirname(path.join(root, file)), { recursive: true });
    await fs.writeFile(path.join(root, file), text);
  }
}

async function strangers(
  root: string,
  wanted: Readonly<Record<string, string>>,
) {
  const entries = await fs.readdir(path.join(root, DIST), {
    recursive: true,
    withFileTypes: true,
  }).catch(() => []);
  return entries.filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
    .map((file) => file.replaceAll(path.sep, "/"))
    .filter((file) => !Object.hasOwn(wanted, file));
}

if (import.meta.main) {
  if (process.argv.includes("--check")) {
    const drifted = await findDrift();
    for (const file of drifted) process.stderr.write(`differs: ${file}\n`);
    if (drifted.length > 0) process.stderr.write("Run: deno task skill\n");
    process.exitCode = drifted.length > 0 ? 1 : 0;
  } else {
    await writeSurfaces();
  }
}
