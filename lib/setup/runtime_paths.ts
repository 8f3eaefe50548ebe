/** Where the runtimes keep their things, on each system. Pure. */
import { posix, win32 } from "node:path";
import type { HostFacts } from "../platform/host.ts";

/** Name of the skill and of its folder; the Agent Skills format wants them equal. */
export const SKILL_ID = "sogni-creative-agent-skill";

/** Name of the plugin and of the MCP server. */
export const SERVER_ID = "sogni-creative-agent";

/** The facts that paths are made of. */
export type PlaceFacts = Pick<HostFacts, "system" | "home" | "env">;

/** Folders of the runtimes; each exists once its runtime has been started. */
export interface RuntimePaths {
  readonly claude: string;
  readonly codex: string;
  readonly hermes: string;
  readonly openclaw: string;
  readonly desktop: string;
  /** Configuration of Claude Desktop. */
  readonly desktopConfig: string;
  /** Skills that several runtimes read. */
  readonly sharedSkills: string;
  /** Joins in the manner of the system. */
  join(...parts: string[]): string;
}

/** Works for any system, not only for this one. */
export function runtimePaths({ system, home, env }: PlaceFacts): RuntimePaths {
  const { join, isAbsolute } = system === "windows" ? win32 : posix;
  // A relative folder would depend on where setup was started, and the runtime on where it was.
  const choose = (name: string, standard: string) => {
    const value = env[name]?.trim() ?? "";
    const expanded = /^~(?=$|[\\/])/.test(value) ? home + value.slice(1) : value;
    return isAbsolute(expanded) ? expanded : join(home, standard);
  };
  const desktop = desktopFolder({ system, home, env }, join);
  return {
    claude: choose("CLAUDE_CONFIG_DIR", ".claude"),
    codex: choose("CODEX_HOME", ".codex"),
    hermes: choose("HERMES_HOME", ".hermes"),
    openclaw: choose("OPENCLAW_STATE_DIR", ".openclaw"),
    desktop,
    desktopConfig: join(desktop, "claude_desktop_config.json"),
    sharedSkills: join(home, ".agents", "skills"),
    join,
  };
}

function desktopFolder(
  { system, home, env }: PlaceFacts,
  join: (...parts: string[]) => string,
): string {
  if (system === "darwin") return join(home, "Library", "Application Support", "Claude");
  if (system === "windows") {
    return join(env.APPDATA || join(home, "AppData", "Roaming"), "Claude");
  }
  return join(env.XDG_CONFIG_HOME || join(home, ".config"), "Claude");
}

/**
 * The store edition of Claude Desktop on Windows sees a folder of its own in place of the usual
 * one. Its package name is only known by looking.
 *
 * @param packages names in `%LOCALAPPDATA%\Packages`
 */
export function storeDesktopFolders(
  { home, env }: PlaceFacts,
  packages: readonly string[],
): string[] {
  const local = env.LOCALAPPDATA || win32.join(home, "AppData", "Local");
  return packages.filter((name) => /^(?:Anthropic|Claude)[\w.]*Claude_|^Claude_/i.test(name))
    .map((name) => win32.join(local, "Packages", name, "LocalCache", "Roaming", "Claude"));
}
