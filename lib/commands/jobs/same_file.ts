/** Whether two files hold the same bytes. */
import type { HostFiles } from "../../platform/host.ts";

const PIECE_BYTES = 4 * 1024 * 1024;

/** False when either cannot be read. */
export async function sameFile(
  files: Pick<HostFiles, "stat" | "readRange">,
  one: string,
  other: string,
): Promise<boolean> {
  try {
    const [a, b] = await Promise.all([files.stat(one), files.stat(other)]);
    if (a?.kind !== "file" || b?.kind !== "file" || a.size !== b.size) return false;
    for (let offset = 0; offset < a.size; offset += PIECE_BYTES) {
      const pieces = await Promise.all(
        [one, other].map((path) => files.readRange(path, offset, PIECE_BYTES)),
      );
      const [first = new Uint8Array(), second = new Uint8Array()] = pieces;
      if (first.length !== second.length) return false;
      if (first.some((byte, index) => byte !== second[index])) return false;
    }
    return true;
  } catch {
    return false;
  }
}
