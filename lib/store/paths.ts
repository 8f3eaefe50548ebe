/** Where state lives: defaults below `~/.config/sogni`, overrides from environment and plugin config. */
import { isAbsolute, join, resolve } from "node:path";
import type { PluginConfig } from "../catalog/plugin_config.ts";
import { AppError } from "../errors/app_error.ts";
import type { HostFacts } from "../platform/host.ts";

/** The facts that paths are made of. */
export type PathFacts = Pick<HostFacts, "env" | "home" | "cwd" | "stateFolder">;

/** Absolute paths of everything that is kept between runs. */
export interface StatePaths {
  /** `~/.config/sogni` (or `$XDG_CONFIG_HOME/sogni`), whatever the overrides. */
  base: string;
  credentials: string;
  lastRender: string;
  memories: string;
  personality: string;
  /** Folder with `index.json` and a folder for each persona. */
  personas: string;
  updateCheck: string;
  /** What the service said of its models in the last minutes. */
  models: string;
  /** Database of the paid jobs. */
  jobs: string;
  appIdPool: string;
  /** A single application-id file in place of the pool. */
  appIdFile?: string;
  /** Application id of versions before the pool; becomes slot 0 of the default pool. */
  legacyAppId: string;
  /** Folders of received media: the first that exists is used, else the first. */
  mediaInbound: readonly string[];
  openclawConfig: string;
}

/**
 * Resolves every path. An override that is empty counts as not set.
 *
 * @throws AppError INVALID_PATH for a control character in an override
 */
export function statePaths(facts: PathFacts, config: PluginConfig = {}): StatePaths {
  const base = facts.stateFolder ?? join(facts.home, ".config", "sogni");
  const choose = (name: string, configKey: keyof PluginConfig | undefined, standard: string) =>
    override(facts, name, configKey && config[configKey], configKey) ?? standard;
  const appIdFile = override(facts, "SOGNI_APP_ID_PATH");
  const inbound = override(
    facts,
    "SOGNI_MEDIA_INBOUND_DIR",
    config.mediaInboundDir,
    "mediaInboundDir",
  );
  return {
    base,
    credentials: choose("SOGNI_CREDENTIALS_PATH", "credentialsPath", join(base, "credentials")),
    lastRender: choose("SOGNI_LAST_RENDER_PATH", "lastRenderPath", join(base, "last-render.json")),
    memories: choose("SOGNI_MEMORIES_PATH", undefined, join(base, "memories.json")),
    personality: choose("SOGNI_PERSONALITY_PATH", undefined, join(base, "personality.txt")),
    personas: choose("SOGNI_PERSONAS_DIR", undefined, join(base, "personas")),
    updateCheck: join(base, "update-check.json"),
    models: join(base, "models.json"),
    jobs: choose("SOGNI_JOBS_PATH", undefined, join(base, "jobs.db")),
    appIdPool: choose("SOGNI_APP_ID_POOL_DIR", undefined, join(base, "app-ids")),
    ...(appIdFile === undefined ? {} : { appIdFile }),
    legacyAppId: join(base, "app-id"),
    mediaInbound: inbound === undefined
      ? [".openclaw", ".clawdbot"].map((folder) => join(facts.home, folder, "media", "inbound"))
      : [inbound],
    openclawConfig: openclawConfigPath(facts),
  };
}

/** Path of the OpenClaw configuration file, which is read before the other paths are known. */
export function openclawConfigPath(facts: PathFacts): string {
  return override(facts, "OPENCLAW_CONFIG_PATH") ?? join(facts.home, ".openclaw", "openclaw.json");
}

function override(
  facts: PathFacts,
  name: string,
  configured?: unknown,
  configKey?: string,
): string | undefined {
  const fromEnv = facts.env[name];
  if (fromEnv) return usablePath(facts, fromEnv, name);
  if (typeof configured !== "string" || configured === "") return undefined;
  return usablePath(facts, configured, configKey ?? name);
}

// Tabs may stand in file names; everything else below a blank, and DEL, hides something.
// deno-lint-ignore no-control-regex
const UNUSABLE = /[\u0000-\u0008\u000a-\u001f\u007f]/;

function usablePath(facts: PathFacts, value: string, source: string): string {
  if (UNUSABLE.test(value)) {
    throw new AppError("INVALID_PATH", `${source} holds a control character.`, {
      details: { source, value: JSON.stringify(value) },
      hint: `Set ${source} to a path without control characters, or unset it.`,
    });
  }
  const expanded = /^~(?=$|[\\/])/.test(value) ? facts.home + value.slice(1) : value;
  return isAbsolute(expanded) ? expanded : resolve(facts.cwd, expanded);
}
