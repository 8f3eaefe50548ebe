/** Removes what killed processes left beside the files they were writing. */
import { dirname, join } from "node:path";
import type { HostFiles } from "../../platform/host.ts";

/** Clears the folders of `paths`; what cannot be cleared stays. */
export async function sweepBeside(
  files: Pick<HostFiles, "leftovers" | "remove">,
  paths: readonly string[],
): Promise<void> {
  for (const folder of new Set(paths.map((path) => dirname(path)))) {
    for (const name of await files.leftovers(folder).catch(() => [])) {
      await files.remove(join(folder, name)).catch(() => {});
    }
  }
}
