/** The text that tells hosted chat how to behave. */
import type { Host } from "../platform/host.ts";
import { withLock } from "./lock.ts";
import type { StatePaths } from "./paths.ts";
import { stateError } from "./state_error.ts";
import { readStateText, writeStateText, writeTarget } from "./state_file.ts";

type Machine = Pick<Host, "files" | "facts">;

/**
 * The text without surrounding blanks; `null` when none is stored.
 *
 * @throws AppError STATE_READ_FAILED
 */
export async function getPersonality(host: Machine, paths: StatePaths): Promise<string | null> {
  return (await readStateText(host, paths.personality))?.trim() ?? null;
}

/** Stores the text exactly as given. */
export async function setPersonality(
  host: Machine,
  paths: StatePaths,
  text: string,
): Promise<void> {
  const target = await writeTarget(host, paths.personality);
  await withLock(host, target, () => writeStateText(host, target, text));
}

/** Removes the text; none is fine. */
export async function clearPersonality(host: Machine, paths: StatePaths): Promise<void> {
  const { files } = host;
  const { personality } = paths;
  try {
    const info = await files.stat(personality, { followLinks: false });
    if (!info) return;
    // `remove` would take a folder with all that is in it.
    if (info.kind === "directory") throw Object.assign(new Error(personality), { code: "EISDIR" });
    await withLock(host, personality, () => files.remove(personality));
  } catch (error) {
    throw stateError("write", personality, error);
  }
}
