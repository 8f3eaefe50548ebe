/** The files of personas: a folder by id for each, or by slug where an older version made it. */
import { basename, dirname, join, relative, resolve } from "node:path";
import type { Host } from "../platform/host.ts";
import type { StatePaths } from "./paths.ts";
import type { Persona } from "./persona_record.ts";
import { stateError } from "./state_error.ts";

/** A file to be copied; its content was checked by the caller. */
export interface MediaSource {
  path: string;
  /** Extension of the copy, without the dot. */
  extension: string;
}

type Machine = Pick<Host, "files" | "facts">;

/** The list of personas. */
export function indexPath(paths: StatePaths): string {
  return join(paths.personas, "index.json");
}

/** What a new persona is given, by the name of its copy. */
export type NewFiles = Readonly<Partial<Record<"photo" | "voice-clip", MediaSource | undefined>>>;

/** Where the copies are. */
export type StoredFiles = Partial<Record<"photo" | "voice-clip", string>>;

/** A folder of this name is being filled, or was when its process was killed. */
const UNFINISHED = ".adding-";

/**
 * Copies files into the persona's own folder, readable by the user alone. The folder gets its name
 * when it is complete; what killed processes left of theirs is removed. Call it under the lock of
 * the index, which nobody else fills a folder without.
 */
export async function storeFiles(
  host: Machine,
  paths: StatePaths,
  id: string,
  sources: NewFiles,
): Promise<StoredFiles> {
  const { files } = host;
  const folder = join(paths.personas, id);
  const unfinished = join(paths.personas, `${UNFINISHED}${id}`);
  const stored: StoredFiles = {};
  try {
    await removeUnfinished(host, paths);
    for (const [name, source] of Object.entries(sources)) {
      if (!source) continue;
      const file = `${name}.${source.extension}`;
      await files.copy(source.path, join(unfinished, file), { mode: 0o600, dirMode: 0o700 });
      stored[name as keyof StoredFiles] = join(folder, file);
    }
    await files.rename(unfinished, folder);
    return stored;
  } catch (error) {
    await files.remove(unfinished).catch(() => {});
    throw stateError("write", folder, error);
  }
}

async function removeUnfinished({ files }: Machine, { personas }: StatePaths): Promise<void> {
  for (const name of await files.list(personas).catch(() => [])) {
    if (name.startsWith(UNFINISHED)) await files.remove(join(personas, name)).catch(() => {});
  }
}

/**
 * The persona with the paths where its files are now: the recorded ones, or the same names below
 * the present folder when that was moved.
 */
export async function locateFiles(
  host: Machine,
  paths: StatePaths,
  persona: Persona,
): Promise<Persona> {
  const { photoPath, voiceClipPath } = persona;
  return {
    ...persona,
    photoPath: await locate(host, paths, persona, photoPath),
    voiceClipPath: voiceClipPath && await locate(host, paths, persona, voiceClipPath),
  };
}

/** Removes the files of a persona that is no longer in the index. */
export async function removePersonaFiles(
  host: Machine,
  paths: StatePaths,
  persona: Persona,
  others: readonly Persona[],
): Promise<void> {
  const { files, facts } = host;
  const own = join(paths.personas, persona.id);
  if (isInside(paths.personas, own)) await files.remove(own).catch(() => {});
  const located = await locateFiles(host, paths, persona);
  const shared = new Set(
    others.flatMap(({ photoPath, voiceClipPath }) =>
      [photoPath, voiceClipPath].map((path) => resolve(facts.cwd, path ?? ""))
    ),
  );
  for (const path of [located.photoPath, located.voiceClipPath]) {
    if (!path || shared.has(resolve(facts.cwd, path))) continue;
    if (!isInside(paths.personas, path)) continue;
    await files.remove(path).catch(() => {});
    await removeEmptyFolder(files, paths, dirname(path));
  }
}

async function locate(
  { files, facts }: Machine,
  paths: StatePaths,
  { id, slug }: Persona,
  recorded: string,
): Promise<string> {
  if (recorded === "") return recorded;
  const name = basename(recorded);
  const candidates = [
    resolve(facts.cwd, recorded),
    join(paths.personas, id, name),
    join(paths.personas, slug, name),
  ];
  for (const candidate of candidates) {
    const info = await files.stat(candidate).catch(() => undefined);
    if (info?.kind === "file") return candidate;
  }
  return recorded;
}

/** Versions that named folders by slug could put two personas, or none of its own, into one. */
async function removeEmptyFolder(
  files: Host["files"],
  paths: StatePaths,
  folder: string,
): Promise<void> {
  if (!isInside(paths.personas, folder)) return;
  const names = await files.list(folder).catch(() => ["?"]);
  if (names.length === 0) await files.remove(folder).catch(() => {});
}

/** Whether `path` lies below `folder`; an index from elsewhere may name anything. */
function isInside(folder: string, path: string): boolean {
  const way = relative(folder, resolve(path));
  return way !== "" && way !== ".." && !/^\.\.[\\/]/.test(way) && !/^([a-z]:|[\\/])/i.test(way);
}
