/** Flags of the group "output". */
import type { FlagRow } from "./types.ts";

export const OUTPUT_FLAGS = [
  {
    key: "output",
    name: "--output",
    aliases: ["-o"],
    kind: "path",
    help: "Save to this file, further results beside it as NAME-2; a path ending in / is a folder.",
  },
  {
    key: "json",
    name: "--json",
    kind: "flag",
    help: "Print exactly one JSON object on stdout, for failures too.",
  },
  {
    key: "quiet",
    name: "--quiet",
    aliases: ["-q"],
    kind: "flag",
    help: "Keep progress and advice off stderr; errors are still printed.",
  },
  {
    key: "progress",
    name: "--progress",
    kind: "enum",
    values: ["auto", "bar", "plain", "ndjson", "none"],
    default: "auto",
    help: "How progress is shown on stderr; ndjson is one JSON event a line.",
  },
  {
    key: "preview",
    name: "--preview",
    kind: "flag",
    help: "Show the saved pictures in the terminal, where it can.",
  },
  {
    key: "previewAs",
    name: "--preview-as",
    kind: "enum",
    values: ["kitty", "iterm2", "sixel", "blocks"],
    help: "Show them in this way, whatever the terminal says of itself.",
  },
  {
    key: "contactSheet",
    name: "--contact-sheet",
    kind: "path",
    help: "Also save all pictures small on one (png, jpg, webp), in their order.",
  },
  {
    key: "help",
    name: "--help",
    kind: "flag",
    help: "Print this text, or the part about a topic: --help video, --help --seed.",
  },
] as const satisfies readonly FlagRow[];
