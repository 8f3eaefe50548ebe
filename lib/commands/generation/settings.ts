/** Configuration and state paths of a run. */
import type { PluginConfig } from "../../catalog/plugin_config.ts";
import { type StatePaths, statePaths } from "../../store/paths.ts";
import { loadPluginConfig } from "../../store/plugin_config.ts";
import type { CommandContext } from "../context.ts";

/** What is configured. */
export interface Settings {
  config: PluginConfig;
  paths: StatePaths;
}

/** Reads the plugin configuration and resolves the paths; warnings go to stderr. */
export async function loadSettings({ host, report }: CommandContext): Promise<Settings> {
  const config = await loadPluginConfig(host, (text) => report.important(text));
  return { config, paths: statePaths(host.facts, config) };
}
