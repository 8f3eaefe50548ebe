/** Every file below a folder, for tests that compare before and after. */
import * as fs from "node:fs/promises";
import { join } from "node:path";

/** Text (or the target of a link) by path; folders end with `/` and have none. */
export async function snapshotOf(folder: string, prefix = ""): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  const entries = await fs.readdir(folder, { withFileTypes: true });
  for (const entry of entries.sort((a, b) => a.name < b.name ? -1 : 1)) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      found[`${prefix}${entry.name}/`] = "";
      Object.assign(found, await snapshotOf(path, `${prefix}${entry.name}/`));
    } else {
      found[prefix + entry.name] = entry.isSymbolicLink()
        ? `-> ${await fs.readlink(path)}`
        : await fs.readFile(path, "utf8");
    }
  }
  return found;
}
