/** Keeps the folder of the state files to its owner. */
import type { Host } from "../platform/host.ts";
import type { StatePaths } from "./paths.ts";

/**
 * Takes the rights of others off `~/.config/sogni`, where an older version made it open. Folders
 * that an override names are left as they are.
 *
 * @param note hears of the change
 */
export async function closeStateFolder(
  { files, facts }: Pick<Host, "files" | "facts">,
  { base }: StatePaths,
  note: (text: string) => void,
): Promise<void> {
  if (facts.system === "windows") return;
  const info = await files.stat(base).catch(() => undefined);
  if (info?.kind !== "directory" || (info.mode & 0o077) === 0) return;
  try {
    await files.chmod(base, info.mode & 0o7700);
    note(`Closed ${base} to other users (it had mode ${info.mode.toString(8).padStart(4, "0")}).`);
  } catch {
    // Someone else's folder; nothing that this command was asked for depends on it.
  }
}
