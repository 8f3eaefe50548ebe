/** Names for collected results, which never take the place of a file that is there. */
import type { HostFiles } from "../../platform/host.ts";
import { splitExtension } from "../generation/output_paths.ts";

/** The path itself, else `name-collected.png`, `name-collected-2.png`, … */
export async function freePath(
  files: Pick<HostFiles, "stat">,
  path: string,
  taken: ReadonlySet<string> = new Set(),
): Promise<string> {
  const { stem, extension } = splitExtension(path);
  for (let number = 0;; number++) {
    const suffix = number === 0 ? "" : number === 1 ? "-collected" : `-collected-${number}`;
    const candidate = `${stem}${suffix}${extension}`;
    if (!taken.has(candidate) && !await files.stat(candidate, { followLinks: false })) {
      return candidate;
    }
  }
}
