/**
 * Puts a skill into a folder and takes it out again.
 *
 * The folder's marker lists every file of ours with its hash, and is written before the first of
 * them: a run that is killed can be completed, or undone, by the next one. What is not ours is
 * never lost: a foreign file in the way, or a file that was edited, gets another name.
 */
import { createHash } from "node:crypto";
import { dirname } from "node:path";
import type { HostFiles as Files } from "../platform/host.ts";
import { LEGACY_NAMES, type Marker, MARKER_NAME, parseMarker } from "./marker.ts";

/** What belongs into a folder. */
export interface SkillContent {
  readonly version: string;
  readonly adapter: string;
  readonly source: string;
  /** Text by path in the folder, with `/`. */
  readonly files: Readonly<Record<string, string>>;
  /** Permission bits of the files; the umask decides when absent. */
  readonly mode?: number;
}

/** What has to be done, in this order; nothing when the folder is right already. */
export type Step =
  | { readonly do: "mark"; readonly marker: Marker }
  | { readonly do: "rename"; readonly from: string; readonly to: string }
  | { readonly do: "write"; readonly path: string; readonly text: string; readonly mode?: number }
  | { readonly do: "remove"; readonly path: string };

/** What was found in a folder, and what to do about it. */
export interface FolderPlan {
  readonly folder: string;
  /** The version that its marker names. */
  readonly installed?: string;
  readonly steps: readonly Step[];
  /** For people: files that were kept aside. */
  readonly notes: readonly string[];
  /** Folders inside that hold, or held, files of ours; `""` is the folder itself. */
  readonly places?: readonly string[];
  /** How many folders above it go, too, once they are empty. */
  readonly pruneParents?: number;
  /** Why nothing may be done here. */
  readonly refused?: string;
}

/** Reads the marker of a folder. */
export async function readMarker(files: Files, folder: string): Promise<Marker | undefined> {
  const text = await readFile(files, `${folder}/${MARKER_NAME}`);
  return text === undefined ? undefined : parseMarker(text);
}

/** What it takes to have exactly this content in the folder. */
export async function planInstall(
  files: Files,
  folder: string,
  content: SkillContent,
  now: Date = new Date(),
): Promise<FolderPlan> {
  const linked = await findLink(files, folder, Object.keys(content.files));
  if (linked !== undefined) return refusal(folder, linked);
  const marker = await readMarker(files, folder);
  const own = await ownFiles(files, folder, marker);
  const aside: Record<string, string> = { ...marker?.aside };
  const notes: string[] = [];
  const moves: Step[] = [];
  const writes: Step[] = [];
  const hashes: Record<string, string> = {};
  for (const [path, text] of Object.entries(content.files)) {
    hashes[path] = hashOf(text);
    const found = await look(files, `${folder}/${path}`);
    if (found.hash === hashes[path]) continue;
    if (found.there && !isOwn(own, path, found.hash)) {
      const pending = aside[path] !== undefined && !await isThere(files, folder, aside[path] ?? "");
      const known = own.has(path) && !pending;
      const to = pending
        ? aside[path] ?? ""
        : await freeName(files, folder, `${path}.${known ? "kept" : "before-sogni"}`);
      if (!known) aside[path] = to;
      moves.push({ do: "rename", from: path, to });
      notes.push(
        known
          ? `${path} had been changed; your version is now ${to}`
          : `${path} was there before; it is kept as ${to} until the skill is uninstalled`,
      );
    }
    writes.push({
      do: "write",
      path,
      text,
      ...(content.mode === undefined ? {} : { mode: content.mode }),
    });
  }
  const removals: Step[] = [];
  for (const path of own.keys()) {
    if (path in content.files) continue;
    const found = await look(files, `${folder}/${path}`);
    if (found.there && isOwn(own, path, found.hash)) removals.push({ do: "remove", path });
  }
  const { version, adapter, source: srcDir } = content;
  const next: Marker = {
    version,
    adapter,
    srcDir: marker && marker.version === version ? marker.srcDir : srcDir,
    installedAt: marker?.installedAt || now.toISOString(),
    files: hashes,
    ...(Object.keys(aside).length === 0 ? {} : { aside }),
    madeParents: marker ? marker.madeParents ?? 0 : await missingParents(files, folder),
  };
  const before: Record<string, string> = {};
  for (const [path, known] of own) before[path] = [...known][0] ?? "";
  const work = [...moves, ...writes, ...removals];
  const done = JSON.stringify(marker) === JSON.stringify(next);
  return {
    folder,
    ...(marker ? { installed: marker.version } : {}),
    steps: work.length === 0 && done ? [] : [
      ...(work.length === 0 ? [] : [{ do: "mark", marker: { ...next, before } } as const]),
      ...work,
      { do: "mark", marker: next },
    ],
    notes,
    places: placesOf([...own.keys(), ...Object.keys(content.files)]),
  };
}

/** What it takes to have the folder as it was before. */
export async function planRemoval(files: Files, folder: string): Promise<FolderPlan> {
  const marker = await readMarker(files, folder);
  if (!marker) return await planUnmarked(files, folder);
  const linked = await findLink(files, folder, Object.keys(marker.files ?? {}));
  if (linked !== undefined) return refusal(folder, linked);
  const own = await ownFiles(files, folder, marker);
  const notes: string[] = [];
  const steps: Step[] = [];
  for (const path of own.keys()) {
    const found = await look(files, `${folder}/${path}`);
    if (!found.there) continue;
    if (isOwn(own, path, found.hash)) {
      steps.push({ do: "remove", path });
    } else if (await restored(files, folder, marker, path)) {
      continue;
    } else {
      const to = await freeName(files, folder, `${path}.kept`);
      steps.push({ do: "rename", from: path, to });
      notes.push(`${path} had been changed; your version is kept as ${to}`);
    }
  }
  for (const [path, from] of Object.entries(marker.aside ?? {})) {
    if (await isThere(files, folder, from)) steps.push({ do: "rename", from, to: path });
  }
  steps.push({ do: "remove", path: MARKER_NAME });
  const pruneParents = marker.madeParents ?? 0;
  const places = placesOf(own.keys());
  return { folder, installed: marker.version, steps, notes, places, pruneParents };
}

function placesOf(paths: Iterable<string>): string[] {
  const places = [...paths].map((path) => path.split("/").slice(0, -1).join("/"));
  return [...new Set(["", ...places])];
}

/** A folder without a marker is not ours, unless a run was killed while it wrote the marker. */
async function planUnmarked(files: Files, folder: string): Promise<FolderPlan> {
  if (!await files.stat(folder, { followLinks: false })) return { folder, steps: [], notes: [] };
  const names = await files.list(folder).catch(() => []);
  const left = new Set(await files.leftovers(folder, 0));
  if (names.length === 0 || !names.every((name) => left.has(name))) {
    return refusal(folder, `${folder} was not made by setup (it has no ${MARKER_NAME})`);
  }
  return { folder, steps: names.map((path) => ({ do: "remove", path })), notes: [] };
}

/** The file of someone else stands in its place again, or still does. */
async function restored(
  files: Files,
  folder: string,
  marker: Marker,
  path: string,
): Promise<boolean> {
  const aside = marker.aside?.[path];
  return aside !== undefined && !await isThere(files, folder, aside);
}

function refusal(folder: string, refused: string): FolderPlan {
  return { folder, steps: [], notes: [], refused };
}

/** Every path of ours with the hashes it may have; an empty set: any. */
async function ownFiles(
  files: Files,
  folder: string,
  marker: Marker | undefined,
): Promise<Map<string, Set<string>>> {
  const own = new Map<string, Set<string>>();
  if (marker && !marker.files) {
    for (const name of LEGACY_NAMES) {
      if (await isThere(files, folder, name)) own.set(name, new Set());
    }
    return own;
  }
  for (const map of [marker?.files ?? {}, marker?.before ?? {}]) {
    for (const [path, hash] of Object.entries(map)) {
      own.set(path, (own.get(path) ?? new Set()).add(hash));
    }
  }
  return own;
}

function isOwn(own: Map<string, Set<string>>, path: string, hash: string | undefined): boolean {
  const known = own.get(path);
  return known !== undefined && (known.size === 0 || (hash !== undefined && known.has(hash)));
}

/** A sentence about a link through which a write would leave the folder. */
async function findLink(
  files: Files,
  folder: string,
  paths: readonly string[],
): Promise<string | undefined> {
  const inside = paths.flatMap((path) =>
    path.split("/").slice(0, -1).map((_, at, parts) => parts.slice(0, at + 1).join("/"))
  );
  for (const path of [folder, ...new Set(inside.map((part) => `${folder}/${part}`))]) {
    const info = await files.stat(path, { followLinks: false });
    if (info && info.kind !== "directory") {
      return `${path} is ${info.kind === "symlink" ? "a link" : "no folder"}; it was left alone`;
    }
  }
  return undefined;
}

async function look(
  files: Files,
  path: string,
): Promise<{ there: boolean; hash?: string | undefined }> {
  const info = await files.stat(path, { followLinks: false });
  if (!info) return { there: false };
  if (info.kind !== "file") return { there: true };
  return { there: true, hash: hashOf(await files.readBytes(path)) };
}

async function isThere(files: Files, folder: string, path: string): Promise<boolean> {
  return await files.stat(`${folder}/${path}`, { followLinks: false }) !== undefined;
}

async function freeName(files: Files, folder: string, wanted: string): Promise<string> {
  for (let number = 1;; number++) {
    const name = number === 1 ? wanted : `${wanted}-${number}`;
    if (!await isThere(files, folder, name)) return name;
  }
}

/** Folders above this one that do not exist, up to the runtime's own. */
async function missingParents(files: Files, folder: string): Promise<number> {
  let count = 0;
  for (let at = dirname(folder); at !== dirname(at); at = dirname(at)) {
    if (await files.stat(at)) break;
    count++;
  }
  return count;
}

async function readFile(files: Files, path: string): Promise<string | undefined> {
  return (await files.stat(path))?.kind === "file" ? await files.readText(path) : undefined;
}

function hashOf(data: string | Uint8Array): string {
  return createHash("sha256").update(data).digest("hex");
}
