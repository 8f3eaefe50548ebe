/** Gives a finished file its name, unless something that is no file has it. */
import { type Stats, statSync } from "node:fs";
import { rename } from "node:fs/promises";

/**
 * Renames over whatever is there, except devices, pipes and sockets: with enough rights a rename
 * takes them away from the whole machine, and nobody who names `/dev/null` means that.
 *
 * @throws an error with `code` `ENOTFILE`, or the system's
 */
export async function replaceFile(temporary: string, target: string): Promise<void> {
  refuseSpecialFile(target);
  await rename(temporary, target);
}

/**
 * @param file may be a link; what it leads to counts
 * @throws an error with `code` `ENOTFILE` for a device, a pipe or a socket
 */
export function refuseSpecialFile(file: string): void {
  const info = lookAt(file);
  if (!info || info.isFile() || info.isDirectory()) return;
  throw Object.assign(new Error(`${file} is a device, a pipe or a socket`), { code: "ENOTFILE" });
}

/** What cannot be looked at is left to the attempt to write. */
function lookAt(file: string): Stats | undefined {
  try {
    return statSync(file, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
