/** Flags of the group "state". */
import type { FlagRow } from "./types.ts";

export const STATE_FLAGS = [
  {
    key: "last",
    name: "--last",
    kind: "flag",
    help: "Print the last render record and exit immediately (argv order).",
  },
  {
    key: "memorySet",
    name: "--memory-set",
    kind: "tuple",
    arity: 2,
    help: "Save a preference: key value.",
  },
  { key: "memoryGet", name: "--memory-get", kind: "string", help: "Show one memory." },
  { key: "memoryList", name: "--memory-list", kind: "flag", help: "List memories." },
  {
    key: "memoryRemove",
    name: "--memory-remove",
    aliases: ["--memory-delete"],
    kind: "string",
    help: "Delete a memory.",
  },
  {
    key: "memoryCategory",
    name: "--memory-category",
    kind: "enum",
    values: ["preference", "fact", "context"],
    help: "Category for --memory-set.",
  },
  {
    key: "personalitySet",
    name: "--personality-set",
    kind: "string",
    help: "Save custom agent instructions.",
  },
  { key: "personalityGet", name: "--personality-get", kind: "flag", help: "Show them." },
  { key: "personalityClear", name: "--personality-clear", kind: "flag", help: "Remove them." },
  { key: "personaAdd", name: "--persona-add", kind: "string", help: "Add a persona." },
  { key: "personaList", name: "--persona-list", kind: "flag", help: "List personas." },
  {
    key: "personaRemove",
    name: "--persona-remove",
    aliases: ["--persona-delete"],
    kind: "string",
    help: "Remove a persona.",
  },
  {
    key: "personaResolve",
    name: "--persona-resolve",
    kind: "string",
    help: "Show a persona by name, id or tag.",
  },
  {
    key: "relationship",
    name: "--relationship",
    kind: "enum",
    values: ["self", "partner", "child", "friend", "pet"],
    help: "Persona relationship.",
  },
  { key: "tags", name: "--tags", kind: "string", help: "Comma-separated persona aliases." },
  { key: "voice", name: "--voice", kind: "string", help: "Voice description for a persona." },
  { key: "voiceClip", name: "--voice-clip", kind: "path", help: "Voice clip for a persona." },
  {
    key: "balance",
    name: "--balance",
    aliases: ["--balances"],
    kind: "flag",
    help: "Show SPARK and SOGNI balances (later: account and plan).",
  },
] as const satisfies readonly FlagRow[];
