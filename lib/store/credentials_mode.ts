/** Who else can read the credentials file. */
import { dirname, join } from "node:path";
import type { FileInfo, Host } from "../platform/host.ts";
import type { StatePaths } from "./paths.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * A sentence about a credentials file or folder that other users can get at, at most once a day;
 * `undefined` when all is well or it has been said.
 */
export async function credentialsModeWarning(
  { files, facts }: Pick<Host, "files" | "facts">,
  paths: StatePaths,
  now: number = Date.now(),
): Promise<string | undefined> {
  if (facts.system === "windows") return undefined;
  const folder = dirname(paths.credentials);
  const problem = describeAccess(
    paths.credentials,
    await files.stat(paths.credentials),
    await files.stat(folder),
    (await files.stat(facts.home))?.uid,
  );
  if (problem === undefined) return undefined;
  const stamp = join(paths.base, ".credentials-warned");
  const said = await files.stat(stamp).catch(() => undefined);
  if (said && Math.abs(now - said.modifiedAt) < DAY_MS) return undefined;
  await files.writeAtomic(stamp, "", { mode: 0o600, dirMode: 0o700 }).catch(() => {});
  return problem;
}

/** What is wrong with the access rights, in one sentence with its cure. */
export function describeAccess(
  path: string,
  file: FileInfo | undefined,
  folder: FileInfo | undefined,
  owner: number | undefined,
): string | undefined {
  if (!file) return undefined;
  if ((file.mode & 0o077) !== 0) {
    const mode = file.mode.toString(8).padStart(4, "0");
    return `other users can get at ${path} (mode ${mode}). Run: chmod 600 "${path}"`;
  }
  if (folder && (folder.mode & 0o022) !== 0 && (folder.mode & 0o1000) === 0) {
    const dir = dirname(path);
    return `other users can replace files in ${dir}. Run: chmod 700 "${dir}"`;
  }
  if (owner !== undefined && file.uid !== owner) {
    return `${path} belongs to another user (${file.uid}). Run: chown "$(id -u)" "${path}"`;
  }
  return undefined;
}
