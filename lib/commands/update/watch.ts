/**
 * The update check and its notice, as far as every command is concerned. It is on the start-up
 * path: one small file is read; the rest is loaded when there is something to do.
 */
import { dirname, join } from "node:path";
import type { SystemName } from "../../platform/host.ts";
import { readSelf, type Self } from "../../platform/self.ts";
import { isThere, readSmallFile } from "../../platform/small_file.ts";
import { VERSION } from "../../platform/version.ts";
import { parseUpdateRecord } from "../../store/update_record_text.ts";
import { updatesAreOff } from "./opt_out.ts";
import { isDue, newerVersion } from "./schedule.ts";

/** What is known when the process starts. */
export interface WatchFacts {
  readonly home: string;
  readonly stateFolder?: string;
  readonly system: SystemName;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** These first arguments have to do with updates themselves. */
const NO_CHECK = ["self-update", "--snooze-update", "--whats-new", "--__update-check"];
/** Nobody reads a notice of these. */
const NO_NOTICE = ["self-update", "--__update-check", "completions"];

/**
 * Starts the daily check in the background where it is due. Call it while programs may be started.
 *
 * @param self the program to start; given in tests
 * @returns what shows the notice, to be called last; `undefined` when there is nothing to say
 */
export async function watchForUpdates(
  argv: readonly string[],
  { home, stateFolder, system, env }: WatchFacts,
  self: () => Pick<Self, "program" | "args" | "script"> = readSelf,
): Promise<(() => void) | undefined> {
  if (home === "" || updatesAreOff(argv, env)) return undefined;
  const path = join(stateFolder ?? join(home, ".config", "sogni"), "update-check.json");
  const record = parseUpdateRecord(readSmallFile(path));
  const first = argv[0] ?? "";
  const due = isDue(record, Date.now()) && !NO_CHECK.includes(first);
  const newer = newerVersion(record, VERSION) !== undefined && !NO_NOTICE.includes(first);
  if ((!due && !newer) || isCheckout(self().script)) return undefined;
  if (due) await startCheck(home, self());
  if (!newer) return undefined;
  const { showUpdateNotice } = await import("./notice.ts");
  return () => showUpdateNotice({ record: path, running: VERSION, system, env });
}

/** Whoever works on the program updates it in another way. */
function isCheckout(script: string): boolean {
  return isThere(join(dirname(script), ".git"));
}

async function startCheck(
  home: string,
  { program, args }: Pick<Self, "program" | "args">,
): Promise<void> {
  try {
    const { spawnDetached } = await import("../../platform/spawn_detached.ts");
    await spawnDetached(program, [...args, "--__update-check"], {
      cwd: home,
      env: { SOGNI_API_KEY: "" },
    });
  } catch {
    // No update check is no reason to fail.
  }
}
