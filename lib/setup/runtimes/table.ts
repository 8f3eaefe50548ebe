/** Every runtime that setup installs into, in the order of its tables. */
import { CLAUDE_CODE } from "./claude_code.ts";
import { CLAUDE_DESKTOP } from "./claude_desktop.ts";
import { CODEX } from "./codex.ts";
import { HERMES } from "./hermes.ts";
import { OPENCLAW } from "./openclaw.ts";
import type { Runtime } from "./runtime.ts";

/** ChatGPT is not among them: it runs elsewhere, and people paste its text. */
export const RUNTIMES: readonly Runtime[] = [CLAUDE_CODE, CLAUDE_DESKTOP, CODEX, HERMES, OPENCLAW];
