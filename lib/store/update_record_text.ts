/** The text of the update record. Pure and small: it is read on the way out of every command. */

/** Silence about one version. */
export interface Snooze {
  version: string;
  /** How often it was asked for, 1 to 3. */
  level: number;
  /** Epoch milliseconds. */
  until: number;
}

/** What is recorded; times are epoch milliseconds. */
export interface UpdateRecord {
  lastCheckedAt: number;
  lastKnownLatest: string | null;
  /** The version that looked. */
  currentVersion: string | null;
  lastNotifiedAt?: number;
  snooze?: Snooze;
}

/** The record; a field of the wrong kind counts as absent. `undefined` when it is no record. */
export function parseUpdateRecord(text: string | undefined): UpdateRecord | undefined {
  let value: unknown;
  try {
    value = JSON.parse((text ?? "").replace(/^\ufeff/, ""));
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  const raw = value as Record<string, unknown>;
  const snooze = parseSnooze(raw.snooze);
  return {
    lastCheckedAt: time(raw.lastCheckedAt) ?? 0,
    lastKnownLatest: typeof raw.lastKnownLatest === "string" ? raw.lastKnownLatest : null,
    currentVersion: typeof raw.currentVersion === "string" ? raw.currentVersion : null,
    ...(time(raw.lastNotifiedAt) === undefined
      ? {}
      : { lastNotifiedAt: time(raw.lastNotifiedAt) ?? 0 }),
    ...(snooze ? { snooze } : {}),
  };
}

function parseSnooze(value: unknown): Snooze | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { version, level, until } = value as Record<string, unknown>;
  const end = time(until);
  if (typeof version !== "string" || time(level) === undefined || end === undefined) {
    return undefined;
  }
  return { version, level: Number(level), until: end };
}

function time(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}
