/** Puts a new executable in the place of the running one. */
import { dirname, join } from "node:path";
import type { Host } from "../platform/host.ts";

type Machine = Pick<Host, "files" | "facts">;

/**
 * Renames `next` over `program`. The old one stays in place until the new one is there, and comes
 * back when that fails.
 *
 * @throws the system's error; the old program is in place then
 */
export async function replaceProgram(
  { files, facts }: Machine,
  program: string,
  next: string,
): Promise<void> {
  if (facts.system !== "windows") {
    await files.rename(next, program);
    return;
  }
  // A running program cannot be replaced there, but it can be renamed.
  const old = `${program}.old`;
  await files.remove(old).catch(() => {});
  await files.rename(program, old);
  try {
    await files.rename(next, program);
  } catch (error) {
    await files.rename(old, program);
    throw error;
  }
}

/** A name beside the program, so that a rename stays on the same disk. */
export function nameOfNext(program: string, version: string): string {
  return join(dirname(program), `.sogni-agent-${version}.new`);
}
