/** Flags of the group "maintenance". */
import type { FlagRow } from "./types.ts";

export const MAINTENANCE_FLAGS = [
  {
    key: "version",
    name: "--version",
    aliases: ["-V"],
    kind: "flag",
    help: "Print the version and exit.",
  },
  {
    key: "doctor",
    name: "--doctor",
    kind: "flag",
    help: "Health check; bare word form only as the first argument.",
  },
  {
    key: "whatsNew",
    name: "--whats-new",
    kind: "string",
    optionalValue: true,
    help: "Print bundled changelog entries; optional since-version; only as the first argument.",
  },
  {
    key: "snoozeUpdate",
    name: "--snooze-update",
    kind: "flag",
    help: "Pause the update reminder; only as the first argument.",
  },
  {
    key: "noUpdateCheck",
    name: "--no-update-check",
    kind: "flag",
    help: "Skip the update check for this run.",
  },
  {
    key: "__updateCheck",
    name: "--__update-check",
    kind: "flag",
    help: "Internal: detached background update check; only as the first argument.",
  },
] as const satisfies readonly FlagRow[];
