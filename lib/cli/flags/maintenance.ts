/** Flags of the group "maintenance". */
import type { FlagRow } from "./types.ts";

export const MAINTENANCE_FLAGS = [
  {
    key: "version",
    name: "--version",
    aliases: ["-V"],
    kind: "flag",
    help: "Print the version.",
  },
  {
    key: "doctor",
    name: "--doctor",
    kind: "flag",
    help: "Check key, folders, ffmpeg and connection; the same as: sogni-agent doctor.",
  },
  {
    key: "fix",
    name: "--fix",
    kind: "flag",
    help: "Let doctor repair what it can without asking for anything.",
  },
  {
    key: "whatsNew",
    name: "--whats-new",
    kind: "string",
    optionalValue: true,
    firstOnly: true,
    placeholder: "version",
    help: "Print what is new, since a version if one follows; first argument only.",
  },
  {
    key: "snoozeUpdate",
    name: "--snooze-update",
    kind: "flag",
    firstOnly: true,
    help: "Be silent about the present update for a while; first argument only.",
  },
  {
    key: "noUpdateCheck",
    name: "--no-update-check",
    kind: "flag",
    help: "Do not look for updates this time.",
  },
  {
    key: "__updateCheck",
    name: "--__update-check",
    kind: "flag",
    firstOnly: true,
    hidden: true,
    help: "Internal: the update check in the background.",
  },
] as const satisfies readonly FlagRow[];
