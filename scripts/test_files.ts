/** Which test files there are, and how they are handed to `deno test`. */
import * as fs from "node:fs";
import * as path from "node:path";
import { pathToFileURL } from "node:url";

/** Folders whose tests call code and start no other program, or next to nothing. */
const UNIT_FOLDERS = ["lib", "skill", "tests/support", "tests/unit"];
const FOLDERS = [...UNIT_FOLDERS, "scripts", "tests/black_box"];
/** Ends the name of a test that lies beside its source and runs the real ffmpeg. */
const WITH_FFMPEG = "_ffmpeg_test.ts";

/**
 * Writes modules into `folder` that import all unit tests of the tree at `root`, dealt out evenly,
 * and returns their paths. A worker for each of hundreds of small files costs more than the tests.
 */
export function unitGroups(root: string, folder: string, count: number): string[] {
  const files = unitTests(root);
  return Array.from({ length: Math.max(1, count) }, (_, group) => {
    const lines = files.filter((_, at) => at % count === group)
      .map((file) => `import ${JSON.stringify(pathToFileURL(path.join(root, file)).href)};`);
    const target = path.join(folder, `unit_${group + 1}_test.ts`);
    fs.writeFileSync(target, lines.join("\n") + "\n");
    return target;
  });
}

/** Tests that run in one process together, as paths from `root`, sorted. */
export function unitTests(root: string): string[] {
  return UNIT_FOLDERS.flatMap((folder) => testFiles(root, folder))
    .filter((file) => !file.endsWith(WITH_FFMPEG)).sort();
}

/** All other tests: they start programs and get a process of their own each. */
export function programTests(root: string): string[] {
  const units = new Set(unitTests(root));
  return FOLDERS.flatMap((folder) => testFiles(root, folder)).filter((file) => !units.has(file))
    .sort();
}

function testFiles(root: string, folder: string): string[] {
  return fs.readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith("_test.ts"))
    .map((name) => `${folder}/${name.replaceAll("\\", "/")}`);
}
