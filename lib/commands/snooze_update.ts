/** `--snooze-update`: silence about the present update, longer each time it is asked for. */
import { VERSION } from "../platform/version.ts";
import type { Host } from "../platform/host.ts";
import { statePaths } from "../store/paths.ts";
import { changeUpdateRecord } from "../store/update_record.ts";
import type { Snooze } from "../store/update_record_text.ts";
import type { CommandRun } from "./context.ts";
import { newerVersion, nextSnooze } from "./update/schedule.ts";

/** Records the snooze; what it says goes to stderr, also with `--json` and `--quiet`. */
export const run: CommandRun = async ({ host, report }) => {
  const snooze = await snoozeUpdate(host, VERSION, Date.now());
  report.important(
    snooze
      ? `No more notices of ${snooze.version} until ${new Date(snooze.until).toISOString()}.`
      : `There is no update to be silent about (this is ${VERSION}).`,
  );
  return 0;
};

/**
 * Climbs one rung of the ladder.
 *
 * @returns the snooze in force; `undefined` when no newer version is recorded
 */
export async function snoozeUpdate(
  host: Pick<Host, "files" | "facts">,
  running: string,
  now: number,
): Promise<Snooze | undefined> {
  let snooze: Snooze | undefined;
  const { updateCheck } = statePaths({ ...host.facts, env: {} });
  if (!await host.files.stat(updateCheck)) return undefined;
  await changeUpdateRecord(host, updateCheck, (current) => {
    const latest = newerVersion(current, running);
    if (latest === undefined) return undefined;
    snooze = nextSnooze(current?.snooze, latest, now);
    return { snooze };
  });
  return snooze;
}
