/** The command table: what each command needs, and how it is loaded. */
import type { PermissionKind } from "../platform/permissions.ts";
import type { CommandRun } from "./context.ts";

/** One command. */
export interface CommandEntry {
  /** Imports the command's module; nothing of it is loaded before. */
  load: () => Promise<{ run: CommandRun }>;
  /** `worker`: handles outside data, so it runs behind the wall. */
  where: "main" | "worker";
  /** Kinds of permission that the main thread keeps for it, besides `read`, `write` and `env`. */
  keeps: readonly PermissionKind[];
  /** It tells which permissions the process was started with. */
  tellsGrants?: true;
  /**
   * `named`: its worker is handed only files that the command line and the state are about, and
   * ffmpeg; `files`: no program either.
   */
  reach?: "named" | "files";
}

/** Whether a command only touches state: over before a signal could be answered. */
export function isLocal({ where, keeps }: CommandEntry): boolean {
  return where === "main" && keeps.length === 0;
}

const LOCAL = { where: "main", keeps: [] } as const;
const MEDIA = { where: "main", keeps: ["run"] } as const;
/** They talk to the service about what the command line names, and start no program. */
const HOSTED = { where: "worker", keeps: ["net", "run", "sys"], reach: "files" } as const;
const SERVICE = { where: "worker", keeps: ["net", "run", "sys"] } as const;

/** Every command by name. */
export const COMMANDS: Readonly<Record<string, CommandEntry>> = {
  version: { ...LOCAL, load: () => import("./version.ts") },
  help: { ...LOCAL, load: () => import("./help.ts") },
  last: { ...LOCAL, load: () => import("./last.ts") },
  memory: { ...LOCAL, load: () => import("./memory.ts") },
  personality: { ...LOCAL, load: () => import("./personality.ts") },
  persona: { ...LOCAL, load: () => import("./persona.ts") },
  login: { ...LOCAL, load: () => import("./login.ts") },
  logout: { ...LOCAL, load: () => import("./logout.ts") },
  "list-media": { ...LOCAL, load: () => import("./list_media.ts") },
  "extract-last-frame": { ...MEDIA, load: () => import("./extract_frame.ts") },
  "extract-first-frame": { ...MEDIA, load: () => import("./extract_frame.ts") },
  concat: { ...MEDIA, load: () => import("./concat.ts") },
  remix: { ...MEDIA, load: () => import("./remix.ts") },
  estimate: { ...SERVICE, reach: "named", load: () => import("./estimate.ts") },
  jobs: { ...SERVICE, load: () => import("./jobs.ts") },
  generate: { ...SERVICE, reach: "named", load: () => import("./generate.ts") },
  "api-chat": { ...HOSTED, load: () => import("./api_chat.ts") },
  "durable-chat": { ...HOSTED, load: () => import("./durable_chat.ts") },
  workflow: { ...HOSTED, load: () => import("./workflow.ts") },
  "api-models": { ...HOSTED, load: () => import("./api_models.ts") },
  replay: { ...HOSTED, load: () => import("./replay.ts") },
  "contract-debug": { ...SERVICE, load: () => import("./contract_debug.ts") },
  "storyboard-plan": { ...LOCAL, load: () => import("./storyboard_plan.ts") },
  balance: { ...SERVICE, reach: "named", load: () => import("./balance.ts") },
  mcp: { ...SERVICE, load: () => import("./mcp.ts") },
  sandbox: { ...SERVICE, load: () => import("./sandbox.ts") },
  "explain-permissions": { ...LOCAL, load: () => import("./explain_permissions.ts") },
  history: { ...SERVICE, load: () => import("./history.ts") },
  gallery: { ...SERVICE, load: () => import("./gallery.ts") },
  batch: { ...SERVICE, load: () => import("./batch.ts") },
  schema: { ...LOCAL, load: () => import("./schema.ts") },
  completions: { ...LOCAL, load: () => import("./completions.ts") },
  doctor: { ...SERVICE, tellsGrants: true, load: () => import("./doctor.ts") },
  setup: { where: "main", keeps: ["run", "sys"], load: () => import("./setup.ts") },
  "self-update": {
    where: "main",
    keeps: ["net", "run"],
    load: () => import("./self_update.ts"),
  },
  "whats-new": { ...LOCAL, load: () => import("./whats_new.ts") },
  "snooze-update": { ...LOCAL, load: () => import("./snooze_update.ts") },
  "update-check": { where: "main", keeps: ["net"], load: () => import("./update_check.ts") },
};
