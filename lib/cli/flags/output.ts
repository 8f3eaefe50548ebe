/** Flags of the group "output". */
import type { FlagRow } from "./types.ts";

export const OUTPUT_FLAGS = [
  {
    key: "output",
    name: "--output",
    aliases: ["-o"],
    kind: "path",
    help: "File to save the (first) result to; without it result URLs are printed.",
  },
  {
    key: "json",
    name: "--json",
    kind: "flag",
    help: "Emit exactly one JSON object on stdout for success and failure.",
  },
  {
    key: "quiet",
    name: "--quiet",
    aliases: ["-q"],
    kind: "flag",
    help: "Suppress progress and most advisory stderr lines; no effect on exit code.",
  },
  { key: "help", name: "--help", kind: "flag", help: "Print usage text on stdout, exit 0." },
] as const satisfies readonly FlagRow[];
