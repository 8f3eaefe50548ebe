/** The project's own source files, for tests that read them. */
import { readdirSync } from "node:fs";

/**
 * The TypeScript files under a folder of the project, with tests.
 *
 * @param folder relative to the project's root, e.g. `lib/plan`
 * @returns paths relative to the working directory, with `/`, sorted
 */
export function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => `${entry.parentPath}/${entry.name}`.replaceAll("\\", "/"))
    .sort();
}
