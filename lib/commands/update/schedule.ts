/** When to look for updates, when to speak of one, and how long to be silent. Pure. */
import type { Snooze, UpdateRecord } from "../../store/update_record_text.ts";
import { compareVersions } from "../../text/compare_versions.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/** Days of silence, by how often it was asked for. */
const SNOOZE_DAYS = [1, 2, 7] as const;

/** Whether the last look is a day old; a time in the future comes from a wrong clock. */
export function isDue(record: UpdateRecord | undefined, now: number): boolean {
  return record === undefined || Math.abs(now - record.lastCheckedAt) >= DAY_MS;
}

/** The recorded version when it is newer than the running one. */
export function newerVersion(
  record: UpdateRecord | undefined,
  running: string,
): string | undefined {
  const latest = record?.lastKnownLatest ?? "";
  return compareVersions(latest, running) > 0 ? latest : undefined;
}

/** The version to speak of: newer, and not snoozed. */
export function versionToAnnounce(
  record: UpdateRecord | undefined,
  running: string,
  now: number,
): string | undefined {
  const latest = newerVersion(record, running);
  const snooze = record?.snooze;
  return snooze && snooze.version === latest && now < snooze.until ? undefined : latest;
}

/** Whether agents were told within the last day. */
export function wasAnnounced(record: UpdateRecord | undefined, now: number): boolean {
  const told = record?.lastNotifiedAt;
  return told !== undefined && Math.abs(now - told) < DAY_MS;
}

/** The next rung of the ladder: 1 day, 2 days, then 7; a newer version starts again. */
export function nextSnooze(previous: Snooze | undefined, latest: string, now: number): Snooze {
  const before = previous?.version === latest ? Math.max(0, Math.floor(previous.level)) : 0;
  const level = Math.min(before + 1, SNOOZE_DAYS.length);
  return { version: latest, level, until: now + (SNOOZE_DAYS[level - 1] ?? 7) * DAY_MS };
}
