/** Finds a program on `PATH`. */
import { posix, win32 } from "node:path";
import type { Host } from "../platform/host.ts";

/** Absolute path of the program; `undefined` when it is not there. */
export async function findOnPath(
  { files, facts }: Pick<Host, "files" | "facts">,
  name: string,
): Promise<string | undefined> {
  const windows = facts.system === "windows";
  const { join, delimiter, isAbsolute } = windows ? win32 : posix;
  const path = Object.entries(facts.env).find(([key]) => key.toUpperCase() === "PATH")?.[1] ?? "";
  for (const folder of path.split(delimiter).filter((part) => isAbsolute(part))) {
    for (const suffix of windows ? [".exe", ".cmd"] : [""]) {
      const file = join(folder, name + suffix);
      const info = await files.stat(file).catch(() => undefined);
      if (info?.kind === "file" && (windows || (info.mode & 0o111) !== 0)) return file;
    }
  }
  return undefined;
}
