/** Removes what a killed process left beside the files it was writing. */
import { basename, dirname, join } from "node:path";
import type { HostFiles } from "../../platform/host.ts";

/**
 * Removes temporary files of downloads to `paths`, and the empty files by which it was tried whether
 * these can be written; nobody else may be writing to these paths.
 */
export async function sweepTemporaryFiles(
  files: Pick<HostFiles, "list" | "remove" | "stat">,
  paths: readonly string[],
): Promise<void> {
  const names = new Map<string, string[]>();
  for (const path of paths) {
    const folder = dirname(path);
    names.set(folder, [...names.get(folder) ?? [], basename(path)]);
  }
  for (const [folder, targets] of names) {
    for (const name of await files.list(folder).catch(() => [])) {
      const path = join(folder, name);
      const isLeft = targets.some((target) => isTemporary(name, target)) ||
        (targets.some((target) => isProbe(name, target)) && await isEmpty(files, path));
      if (isLeft) await files.remove(path).catch(() => {});
    }
  }
}

function isTemporary(name: string, target: string): boolean {
  const prefix = `.${target.slice(0, 40)}.`;
  return name.startsWith(prefix) && /^[0-9a-f]{12}\.tmp$/.test(name.slice(prefix.length));
}

function isProbe(name: string, target: string): boolean {
  return name.startsWith(`${target}.part-`) && /^\d+$/.test(name.slice(target.length + 6));
}

async function isEmpty(files: Pick<HostFiles, "stat">, path: string): Promise<boolean> {
  const info = await files.stat(path, { followLinks: false }).catch(() => undefined);
  return info?.kind === "file" && info.size === 0;
}
