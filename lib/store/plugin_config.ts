/** Finds and parses the OpenClaw plugin configuration. */
import type { PluginConfig } from "../catalog/plugin_config.ts";
import type { Host } from "../platform/host.ts";
import { openclawConfigPath } from "./paths.ts";
import { readStateText } from "./state_file.ts";

const PLUGIN_ID = "sogni-creative-agent-skill";

/**
 * The configuration: the text of `OPENCLAW_PLUGIN_CONFIG`, else our entry in the OpenClaw file.
 * Text that cannot be parsed is warned of and ignored.
 *
 * @param warn hears what was ignored; not silenced by `--quiet`
 * @throws AppError INVALID_CONFIG, INVALID_PATH
 */
export async function loadPluginConfig(
  host: Pick<Host, "files" | "facts">,
  warn: (text: string) => void,
): Promise<PluginConfig> {
  const inline = host.facts.env.OPENCLAW_PLUGIN_CONFIG;
  if (inline) {
    const parsed = await parseJson5(inline, "OPENCLAW_PLUGIN_CONFIG", warn);
    return parsed === undefined ? {} : await coerce(parsed, "OPENCLAW_PLUGIN_CONFIG", warn);
  }
  const path = openclawConfigPath(host.facts);
  const text = await readStateText(host, path).catch((error: unknown) => {
    warn(`Warning: ${error instanceof Error ? error.message : error} Its defaults are ignored.`);
    return undefined;
  });
  if (text === undefined || text.trim() === "") return {};
  const entry = pluginEntry(await parseJson5(text, path, warn));
  return entry === undefined ? {} : await coerce(entry, path, warn);
}

async function coerce(
  value: unknown,
  source: string,
  warn: (text: string) => void,
): Promise<PluginConfig> {
  // Most homes have no configuration, so that most commands need none of this.
  const { coercePluginConfig } = await import("./plugin_config_fields.ts");
  const { config, problems } = coercePluginConfig(value);
  for (const problem of problems) warn(`Warning: ${source}: ${problem}`);
  return config;
}

/** `plugins.entries[id].config` */
function pluginEntry(value: unknown): unknown {
  let at = value;
  for (const key of ["plugins", "entries", PLUGIN_ID, "config"]) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, key)) return undefined;
    at = (at as Record<string, unknown>)[key];
  }
  return at;
}

async function parseJson5(
  text: string,
  source: string,
  warn: (text: string) => void,
): Promise<unknown> {
  try {
    return JSON.parse(text);
  } catch {
    // Most files are plain JSON; only for the others is the package worth its loading time.
  }
  const { default: JSON5 } = await import("json5");
  try {
    return JSON5.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    warn(`Warning: ${source} cannot be parsed (${reason}); its defaults are ignored.`);
    return undefined;
  }
}
