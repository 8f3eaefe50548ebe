/** Removes what a killed process left beside the files it was writing. */
import { basename, dirname, join } from "node:path";
import type { HostFiles } from "../../platform/host.ts";

/** Removes temporary files of downloads to `paths`; nobody else may be writing to these paths. */
export async function sweepTemporaryFiles(
  files: Pick<HostFiles, "list" | "remove">,
  paths: readonly string[],
): Promise<void> {
  const names = new Map<string, string[]>();
  for (const path of paths) {
    const folder = dirname(path);
    names.set(folder, [...names.get(folder) ?? [], `.${basename(path).slice(0, 40)}.`]);
  }
  for (const [folder, prefixes] of names) {
    for (const name of await files.list(folder).catch(() => [])) {
      const isLeft = prefixes.some((prefix) =>
        name.startsWith(prefix) && /^[0-9a-f]{12}\.tmp$/.test(name.slice(prefix.length))
      );
      if (isLeft) await files.remove(join(folder, name)).catch(() => {});
    }
  }
}
