/**
 * Application ids. The service drops the first of two connections that have the same id, so each
 * process leases one of its own from a pool.
 */
import { join } from "node:path";
import { AppError } from "../errors/app_error.ts";
import type { Host } from "../platform/host.ts";
import { keptAppId, persistenceError, readAppId, usableAppId } from "./app_id_text.ts";
import type { StatePaths } from "./paths.ts";

/** An id for this process. */
export interface AppIdLease {
  appId: string;
  /** Gives the id back; the end of the process does too. */
  release(): Promise<void>;
}

type Machine = Pick<Host, "files" | "facts" | "isProcessAlive">;

const DEFAULT_SLOTS = 32;

/**
 * The id of this process: `SOGNI_APP_ID`, else the one of `SOGNI_APP_ID_PATH`, else the lowest slot
 * of the pool that no running process has.
 *
 * @param wanted an id of the pool that is preferred: the service hands projects back by it
 * @throws AppError INVALID_APP_ID, APP_ID_PERSISTENCE_FAILED, APP_ID_POOL_EXHAUSTED
 */
export async function leaseAppId(
  host: Machine,
  paths: StatePaths,
  wanted?: string,
): Promise<AppIdLease> {
  const { env } = host.facts;
  const given = env.SOGNI_APP_ID?.trim();
  if (given) return fixed(usableAppId(given, "SOGNI_APP_ID"));
  if (paths.appIdFile !== undefined) return fixed(await keptAppId(host.files, paths.appIdFile));
  const slots = slotCount(env.SOGNI_APP_ID_POOL_MAX);
  const order = Array.from({ length: slots }, (_, slot) => slot);
  const first = wanted === undefined ? -1 : await slotOf(host.files, paths, slots, wanted);
  if (first >= 0) order.unshift(first);
  for (const slot of order) {
    const lease = await leaseSlot(host, paths, slot);
    if (lease) return lease;
  }
  throw new AppError("APP_ID_POOL_EXHAUSTED", `All ${slots} application ids are in use.`, {
    details: { slots, pool: paths.appIdPool },
    hint: "Wait for another sogni-agent to end, or raise SOGNI_APP_ID_POOL_MAX.",
  });
}

async function slotOf(
  files: Host["files"],
  { appIdPool }: StatePaths,
  slots: number,
  appId: string,
): Promise<number> {
  for (let slot = 0; slot < slots; slot++) {
    const kept = await readAppId(files, join(appIdPool, `slot-${slot}`)).catch(() => undefined);
    if (kept === appId) return slot;
  }
  return -1;
}

function fixed(appId: string): AppIdLease {
  return { appId, release: () => Promise.resolve() };
}

function slotCount(text: string | undefined): number {
  const slots = Number(text || DEFAULT_SLOTS);
  return Number.isInteger(slots) && slots > 0 ? slots : DEFAULT_SLOTS;
}

/** `undefined` when a running process has the slot. */
async function leaseSlot(
  host: Machine,
  paths: StatePaths,
  slot: number,
): Promise<AppIdLease | undefined> {
  const { files, facts } = host;
  const path = join(paths.appIdPool, `slot-${slot}`);
  const lease = `${path}.lease`;
  try {
    // Held until the end: that alone tells processes of this program apart, the lease tells others.
    const token = await files.lock(`${path}.lock`, 0);
    if (token === undefined) return undefined;
    if (await isLeased(host, lease)) {
      await files.unlock(token);
      return undefined;
    }
    try {
      const appId = await appIdOf(host, paths, slot, path);
      const record = {
        pid: facts.pid,
        tool: "sogni-agent",
        acquiredAt: Date.now(),
        locked: true,
      };
      await files.writeAtomic(lease, JSON.stringify(record), { mode: 0o600, dirMode: 0o700 });
      return { appId, release: () => giveBack(files, lease, token) };
    } catch (error) {
      await files.unlock(token);
      throw error;
    }
  } catch (error) {
    throw persistenceError(path, error);
  }
}

async function giveBack(files: Host["files"], lease: string, token: string): Promise<void> {
  await files.remove(lease).catch(() => {});
  await files.unlock(token);
}

/** Whether the lease was given by a program that runs and has no lock of its own on the slot. */
async function isLeased(host: Machine, lease: string): Promise<boolean> {
  const record = await readLease(host.files, lease);
  if (!record || record.locked || record.pid === host.facts.pid) return false;
  return await host.isProcessAlive(record.pid) !== false;
}

async function readLease(
  files: Host["files"],
  lease: string,
): Promise<{ pid: number; locked: boolean } | undefined> {
  try {
    const { pid, locked } = JSON.parse(await files.readText(lease)) as Record<string, unknown>;
    return typeof pid === "number" && Number.isInteger(pid) && pid > 0
      ? { pid, locked: locked === true }
      : undefined;
  } catch {
    return undefined;
  }
}

/** The first slot of the default pool takes over the id of versions that had only one. */
async function appIdOf(
  { files }: Machine,
  paths: StatePaths,
  slot: number,
  path: string,
): Promise<string> {
  const isDefaultPool = paths.appIdPool === join(paths.base, "app-ids");
  const legacy = slot === 0 && isDefaultPool
    ? await readAppId(files, paths.legacyAppId).catch(() => undefined)
    : undefined;
  const appId = await keptAppId(files, path, legacy);
  if (legacy !== undefined) await files.remove(paths.legacyAppId).catch(() => {});
  return appId;
}
