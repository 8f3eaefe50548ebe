/** What the service said of its models lately, so that the next call knows it before it connects. */
import { dirname } from "node:path";
import { type LiveModel, readLiveModel } from "../catalog/live_model.ts";
import type { Host } from "../platform/host.ts";

/** What is kept of one model of one service. */
export interface CachedModel {
  readonly model: LiveModel;
  /** At the time of the question. */
  readonly workers?: number;
}

/** Where and whose. */
export interface ModelKey {
  /** File in the state folder. */
  readonly path: string;
  /** Address of the service. */
  readonly service: string;
  readonly modelId: string;
}

const FRESH_MS = 5 * 60_000;
const MAX_BYTES = 256 * 1024;

type Machine = Pick<Host, "files">;

/** What is known and fresh; a cache that cannot be read is an empty one. */
export async function readCachedModel(
  { files }: Machine,
  key: ModelKey,
  now: number,
): Promise<CachedModel | undefined> {
  const entry = (await readEntries({ files }, key.path))[nameOf(key)];
  if (!entry || entry.at > now || now - entry.at > FRESH_MS) return undefined;
  return {
    model: entry.model,
    ...(entry.workers === undefined ? {} : { workers: entry.workers }),
  };
}

/** Keeps an answer; entries that are no longer fresh go. Never fails: it is only a cache. */
export async function cacheModel(
  { files }: Machine,
  key: ModelKey,
  { model, workers }: CachedModel,
  now: number,
): Promise<void> {
  try {
    const fresh = Object.entries(await readEntries({ files }, key.path))
      .filter(([, { at }]) => at <= now && now - at <= FRESH_MS);
    const entry = { at: now, model, ...(workers === undefined ? {} : { workers }) };
    const text = JSON.stringify({ ...Object.fromEntries(fresh), [nameOf(key)]: entry });
    await files.makeDir(dirname(key.path), 0o700);
    await files.writeAtomic(key.path, text, { mode: 0o600, dirMode: 0o700 });
  } catch {
    // The next call asks again.
  }
}

interface Entry extends CachedModel {
  at: number;
}

async function readEntries({ files }: Machine, path: string): Promise<Record<string, Entry>> {
  try {
    const bytes = await files.readBytes(path, MAX_BYTES);
    const found: unknown = JSON.parse(new TextDecoder().decode(bytes));
    if (typeof found !== "object" || found === null) return {};
    return Object.fromEntries(
      Object.entries(found).flatMap(([name, value]) => {
        const entry = readEntry(value);
        return entry ? [[name, entry]] : [];
      }),
    );
  } catch {
    return {};
  }
}

function readEntry(value: unknown): Entry | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { at, workers, model } = value as Record<string, unknown>;
  if (typeof at !== "number" || typeof model !== "object" || model === null) return undefined;
  const { ranges, choices } = model as Record<string, unknown>;
  const listed = Object.entries(choices ?? {}).map(([name, allowed]) => [name, { allowed }]);
  return {
    at,
    // Read as an answer is, so that a damaged file can do no more than a strange service.
    model: readLiveModel({ ...ranges as object, ...Object.fromEntries(listed) }),
    ...(typeof workers === "number" ? { workers } : {}),
  };
}

function nameOf({ service, modelId }: ModelKey): string {
  return `${service} ${modelId}`;
}
