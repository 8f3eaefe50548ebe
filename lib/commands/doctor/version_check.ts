/** Whether a newer version is known; nothing is asked of the network. */
import { VERSION } from "../../platform/version.ts";
import { parseUpdateRecord } from "../../store/update_record_text.ts";
import { newerVersion } from "../update/schedule.ts";
import { type Check, pass, warn } from "./check.ts";

/** Reads the record of the update check. */
export const versionCheck: Check = {
  id: "version",
  async run({ context, paths }) {
    const text = await context.host.files.readText(paths.updateCheck).catch(() => undefined);
    const newer = newerVersion(parseUpdateRecord(text), VERSION);
    return newer === undefined
      ? pass(`${VERSION}; no newer version is known`)
      : warn(`${newer} is available, this is ${VERSION}. Run: sogni-agent self-update`);
  },
};
