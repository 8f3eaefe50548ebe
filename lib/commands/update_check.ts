/** `--__update-check`: what the background process does. Silent, and never a failure. */
import { VERSION } from "../platform/version.ts";
import type { Host } from "../platform/host.ts";
import { PACKAGE_NAME } from "../setup/package_name.ts";
import { statePaths } from "../store/paths.ts";
import { changeUpdateRecord } from "../store/update_record.ts";
import type { CommandRun } from "./context.ts";
import { isDue } from "./update/schedule.ts";

/** Looks for a newer version and records it. */
export const run: CommandRun = async ({ host }) => {
  const { publishedVersion } = await import("../net/published_version.ts");
  await checkForUpdate(host, () => publishedVersion(host, PACKAGE_NAME)).catch(() => {});
  return 0;
};

/**
 * Asks for the newest version unless the record is less than a day old. The time is recorded
 * before the question, so that of many processes one asks; where it cannot be recorded none does.
 *
 * @throws AppError STATE_WRITE_FAILED, STATE_LOCKED
 */
export async function checkForUpdate(
  host: Pick<Host, "files" | "facts">,
  ask: () => Promise<string>,
  now: () => number = Date.now,
): Promise<void> {
  const { updateCheck } = statePaths({ ...host.facts, env: {} });
  // A home that has been removed meanwhile must not come back.
  if (!host.facts.home || !await host.files.stat(host.facts.home)) return;
  let claimed = false;
  await changeUpdateRecord(host, updateCheck, (current) => {
    claimed = isDue(current, now());
    return claimed
      ? {
        lastCheckedAt: now(),
        lastKnownLatest: current?.lastKnownLatest ?? null,
        currentVersion: VERSION,
      }
      : undefined;
  });
  const latest = claimed ? await ask().catch(() => undefined) : undefined;
  if (latest === undefined) return;
  await changeUpdateRecord(host, updateCheck, () => ({
    lastCheckedAt: now(),
    lastKnownLatest: latest,
    currentVersion: VERSION,
  }));
}
