/** Removes the state folder, after it has been put into an archive that was read back. */
import { basename, dirname, join } from "node:path";
import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import { AppError } from "../errors/app_error.ts";
import type { Host, HostFiles as Files } from "../platform/host.ts";
import { clockStamp } from "./clock_stamp.ts";
import { readTar, type TarEntry, writeTar } from "./tar_archive.ts";

/** More than this is not state; it would have to be held in memory. */
const MAX_BYTES = 1024 * 1024 * 1024;

/** What is in the folder, as people know it. */
export async function describeState(files: Files, base: string): Promise<string[]> {
  const names: string[] = await files.list(base).catch(() => []);
  const personas = (await files.list(join(base, "personas")).catch(() => []))
    .filter((name) => name !== "index.json" && !name.startsWith("."));
  const known: [boolean, string][] = [
    [personas.length > 0, `${personas.length} persona${personas.length === 1 ? "" : "s"}`],
    [names.includes("memories.json"), "memories"],
    [names.includes("personality.txt"), "personality"],
    [names.includes("credentials"), "API key"],
    [names.includes("last-render.json"), "last render"],
    [names.includes("jobs.db"), "journal of jobs"],
  ];
  const found = known.filter(([there]) => there).map(([, text]) => text);
  return found.length > 0 ? found : [names.length === 0 ? "(empty)" : "other files"];
}

/**
 * @returns path of the archive, which only its owner can read
 * @throws AppError SETUP_BACKUP_FAILED; nothing was removed then
 */
export async function purgeState(
  { files }: Pick<Host, "files">,
  base: string,
  now: Date = new Date(),
): Promise<string> {
  let archive: string;
  try {
    if ((await files.stat(base, { followLinks: false }))?.kind !== "directory") {
      throw new Error("it is a link or no folder");
    }
    const entries = await collect(files, base, basename(base), { bytes: 0 });
    const bytes = await promisify(gzip)(writeTar(entries));
    archive = await writeNew(files, `${base}.backup-${clockStamp(now)}`, new Uint8Array(bytes));
    await verify(files, archive, entries);
  } catch (error) {
    throw new AppError(
      "SETUP_BACKUP_FAILED",
      `${base} could not be backed up: ${(error as Error).message}.`,
      {
        details: { path: base },
        hint: "Nothing was removed. Copy the folder by hand, then delete it.",
        cause: error,
      },
    );
  }
  await files.remove(base);
  return archive;
}

async function collect(
  files: Files,
  path: string,
  name: string,
  total: { bytes: number },
): Promise<TarEntry[]> {
  const info = await files.stat(path, { followLinks: false });
  if (!info) return [];
  const facts = { mode: info.mode & 0o777, modifiedAt: info.modifiedAt / 1000 };
  if (info.kind === "directory") {
    const inside: TarEntry[] = [];
    for (const child of await files.list(path)) {
      inside.push(...await collect(files, join(path, child), `${name}/${child}`, total));
    }
    return [{ name: `${name}/`, ...facts }, ...inside];
  }
  if (info.kind === "symlink") {
    const link = await files.realPath(path).catch(() => "");
    return [{ name, ...facts, link }];
  }
  if (info.kind !== "file") return [];
  total.bytes += info.size;
  if (total.bytes > MAX_BYTES) throw new Error("it holds more than 1 GiB");
  return [{ name, ...facts, data: await files.readBytes(path) }];
}

/** Two purges in one second keep both archives. */
async function writeNew(files: Files, stem: string, bytes: Uint8Array): Promise<string> {
  for (let number = 1;; number++) {
    const path = `${stem}${number === 1 ? "" : `-${number}`}.tar.gz`;
    if (await files.stat(path)) continue;
    await files.create(path, bytes, { mode: 0o600 });
    return path;
  }
}

async function verify(files: Files, archive: string, entries: readonly TarEntry[]): Promise<void> {
  const bytes = await promisify(gunzip)(await files.readBytes(archive));
  const found = readTar(new Uint8Array(bytes));
  const same = found.length === entries.length && found.every((entry, at) => {
    const wanted = entries[at];
    return entry.name === wanted?.name && isEqual(entry.data, wanted.data);
  });
  if (same) return;
  await files.remove(archive);
  throw new Error(`${basename(archive)} in ${dirname(archive)} did not hold what was put into it`);
}

function isEqual(left: Uint8Array | undefined, right: Uint8Array | undefined): boolean {
  if (!left || !right) return left === right;
  return left.length === right.length && left.every((byte, at) => byte === right[at]);
}
