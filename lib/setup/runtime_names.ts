/** Names of the agents' runtimes that setup serves, as `--only` takes them. */
export const RUNTIME_NAMES = [
  "claude",
  "desktop",
  "codex",
  "hermes",
  "openclaw",
  "chatgpt",
] as const;

/** One of them. */
export type RuntimeName = (typeof RUNTIME_NAMES)[number];
