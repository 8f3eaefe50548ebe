/**
 * Registers the MCP server in a configuration file of a runtime, and takes it out again.
 *
 * The file as it was before the first change is kept beside it. Undoing gives exactly these bytes
 * back when nothing else has changed since; otherwise only the entry goes.
 */
import { basename, dirname, join } from "node:path";
import type { HostFiles as Files } from "../platform/host.ts";
import { clockStamp } from "./clock_stamp.ts";
import type { ConfigFormat, ServerEntry } from "./config_format.ts";

/** Whether a plan does anything. */
export function changesEntry({ to, drop }: ConfigPlan): boolean {
  return to !== undefined || drop.length > 0;
}

/** A file and how to edit it. */
export interface ConfigFile {
  readonly path: string;
  readonly format: ConfigFormat;
}

/** What is to be done to a file. */
export interface ConfigPlan {
  readonly path: string;
  /** The file that a link leads to. */
  readonly target: string;
  /** The version that the entry names. */
  readonly installed?: string;
  /** The text now; `undefined` when there is no file. */
  readonly from?: string | undefined;
  /** The text wanted, `null` to remove the file; absent when nothing is to be done. */
  readonly to?: string | null;
  /** Where the text of now is kept. */
  readonly keepAs?: string;
  /** Copies that are not needed any more, and what a killed run left. */
  readonly drop: readonly string[];
  /** Why nothing may be done; the file was not touched. */
  readonly refused?: string;
}

/** Name in the entry's `env` that shows that setup wrote it. */
export const VERSION_NAME = "SOGNI_SKILL_VERSION";

const MAX_BYTES = 16 * 1024 * 1024;
const MODE_BITS = 0o777;

/** What it takes to have this entry; what the user added to an old one stays. */
export async function planEntry(
  files: Files,
  { path, format }: ConfigFile,
  entry: ServerEntry,
  now: Date = new Date(),
): Promise<ConfigPlan> {
  const target = await targetOf(files, path);
  const from = await readText(files, target);
  try {
    const old = format.read(from ?? "");
    const wanted = merge(old, entry);
    const ours = versionIn(old) !== undefined;
    const backups = await findBackups(files, target);
    const before = await beforeOf(files, format, from, old, backups[0]);
    const text = JSON.stringify(old) === JSON.stringify(wanted)
      ? from ?? ""
      : format.set(ours && before.exact ? before.text ?? "" : from ?? "", wanted);
    // Kept anew whenever our entry is not in it: an older copy is of a run that was killed.
    const keepAs = ours || from === undefined ? undefined : `${target}${BACKUP}${clockStamp(now)}`;
    return {
      path,
      target,
      ...describe(old),
      from,
      drop: [...await findLeftovers(files, target), ...(ours ? [] : backups)],
      ...(text === from ? {} : { to: text, ...(keepAs === undefined ? {} : { keepAs }) }),
    };
  } catch (error) {
    return refusal(path, target, error);
  }
}

/** What it takes to have the file as it was. */
export async function planEntryRemoval(
  files: Files,
  { path, format }: ConfigFile,
): Promise<ConfigPlan> {
  const target = await targetOf(files, path);
  const from = await readText(files, target);
  const leftovers = await findLeftovers(files, target);
  if (from === undefined) return { path, target, drop: leftovers };
  try {
    const old = format.read(from);
    const backups = await findBackups(files, target);
    const drop = [...leftovers, ...backups];
    if (old === undefined) return { path, target, from, drop };
    const { exact, text } = await beforeOf(files, format, from, old, backups[0]);
    const to = exact ? text ?? null : format.unset(from);
    return { path, target, ...describe(old), from, to, drop };
  } catch (error) {
    return refusal(path, target, error);
  }
}

/**
 * Does it: keeps the old text first, replaces the file at once, and only when it is still what the
 * plan was made for.
 */
export async function applyEntry(files: Files, plan: ConfigPlan): Promise<void> {
  const { target, from, to, keepAs, drop } = plan;
  const clean = async () => {
    for (const name of drop) await files.remove(name);
  };
  if (to === undefined) return await clean();
  const mode = ((await files.stat(target))?.mode ?? 0) & MODE_BITS;
  const options = mode === 0 ? {} : { mode };
  if (keepAs !== undefined) {
    await clean();
    await files.writeAtomic(keepAs, from ?? "", options);
  }
  if (await readText(files, target) !== from) {
    throw new Error(`${target} was changed by another program meanwhile; run setup again`);
  }
  if (to === null) await files.remove(target);
  else await files.writeAtomic(target, to, options);
  // Not before: until now the copies were needed to undo.
  if (keepAs === undefined) await clean();
}

/** The text before the first change, and whether nothing but the entry has changed since. */
async function beforeOf(
  files: Files,
  format: ConfigFormat,
  from: string | undefined,
  old: Record<string, unknown> | undefined,
  backup: string | undefined,
): Promise<{ text: string | undefined; exact: boolean }> {
  const text = backup === undefined ? undefined : await readText(files, backup);
  const exact = old !== undefined && format.set(text ?? "", old as ServerEntry) === from;
  return { text, exact };
}

const BACKUP = ".before-sogni-";

/** The copies of the file, the oldest first. */
async function findBackups(files: Files, target: string): Promise<string[]> {
  const names = await files.list(dirname(target)).catch(() => []);
  const prefix = `${basename(target)}${BACKUP}`;
  return names.filter((name) =>
    name.startsWith(prefix) && /^[\d-]+$/.test(name.slice(prefix.length))
  )
    .map((name) => join(dirname(target), name));
}

/** Temporary files of a run that was killed, of the file itself or of a copy. */
async function findLeftovers(files: Files, target: string): Promise<string[]> {
  const names = await files.leftovers(dirname(target), 0);
  return names.filter((name) => name.startsWith(`.${basename(target)}.`))
    .map((name) => join(dirname(target), name));
}

function describe(old: Record<string, unknown> | undefined): { installed?: string } {
  if (old === undefined) return {};
  return { installed: versionIn(old) ?? "unknown" };
}

function versionIn(entry: Record<string, unknown> | undefined): string | undefined {
  const env = (entry?.env ?? {}) as Record<string, unknown>;
  const version = env[VERSION_NAME];
  return typeof version === "string" ? version : undefined;
}

/** Our values win, but for a path to ffmpeg that is there already. */
function merge(old: Record<string, unknown> | undefined, entry: ServerEntry): ServerEntry {
  const env = { ...(old?.env as Record<string, string> | undefined), ...entry.env };
  const ffmpeg = (old?.env as Record<string, string> | undefined)?.FFMPEG_PATH;
  if (typeof ffmpeg === "string") env.FFMPEG_PATH = ffmpeg;
  return { ...old, ...entry, env };
}

async function targetOf(files: Files, path: string): Promise<string> {
  const info = await files.stat(path, { followLinks: false });
  return info?.kind === "symlink" ? await files.realPath(path) : path;
}

async function readText(files: Files, path: string): Promise<string | undefined> {
  if (!await files.stat(path)) return undefined;
  const bytes = await files.readBytes(path, MAX_BYTES);
  return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
}

function refusal(path: string, target: string, error: unknown): ConfigPlan {
  const reason = error instanceof Error ? error.message : String(error);
  return {
    path,
    target,
    drop: [],
    refused:
      `${path} cannot be edited: ${reason}. It was left as it is; repair it, then run setup again`,
  };
}
