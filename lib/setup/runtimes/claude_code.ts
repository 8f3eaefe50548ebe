/** Claude Code: a personal skill. */
import { SERVER_ID, SKILL_ID } from "../runtime_paths.ts";
import type { Surroundings } from "./runtime.ts";
import { skillRuntime } from "./skill_runtime.ts";

/** `~/.claude/skills/…` */
export const CLAUDE_CODE = skillRuntime({
  name: "claude",
  label: "Claude Code",
  adapter: "claude-code",
  restart: "start a new Claude Code session",
  home: (paths) => paths.claude,
  folder: ({ paths }) => paths.join(paths.claude, "skills", SKILL_ID),
  files: (skills) => skills.claude,
  async duplicate({ host, paths }: Surroundings) {
    const file = paths.join(paths.claude, "settings.json");
    const text = await host.files.readText(file).catch(() => "");
    return hasPlugin(text)
      ? `the plugin ${SERVER_ID} is enabled in Claude Code; with the skill it would be there twice`
      : undefined;
  },
});

/** Whether the settings enable the plugin, from whatever marketplace. */
export function hasPlugin(settings: string): boolean {
  try {
    const { enabledPlugins } = JSON.parse(settings) as { enabledPlugins?: Record<string, unknown> };
    return Object.entries(enabledPlugins ?? {}).some(([name, enabled]) =>
      name.startsWith(`${SERVER_ID}@`) && enabled === true
    );
  } catch {
    return false;
  }
}
