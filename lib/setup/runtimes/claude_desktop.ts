/** Claude Desktop: the MCP server in its configuration. */
import {
  applyEntry,
  changesEntry,
  type ConfigFile,
  type ConfigPlan,
  planEntry,
  planEntryRemoval,
} from "../config_file.ts";
import { jsoncFormat } from "../jsonc_format.ts";
import { SERVER_ID, storeDesktopFolders } from "../runtime_paths.ts";
import { NO_PROGRAM } from "./codex.ts";
import { refuse, type Runtime, type RuntimePlan, type Surroundings } from "./runtime.ts";
import { serverEntry } from "./server_entry.ts";

/** `mcpServers["sogni-creative-agent"]` of `claude_desktop_config.json`. */
export const CLAUDE_DESKTOP: Runtime = {
  name: "desktop",
  label: "Claude Desktop",
  restart: "quit Claude Desktop completely and open it again",
  home: (paths) => paths.desktop,
  async planInstall(surroundings) {
    const { host, paths } = surroundings;
    if (await hasBundle(surroundings)) {
      return refuse(
        paths.desktopConfig,
        "the extension (.mcpb) is installed in Claude Desktop; with the entry it would be there twice",
      );
    }
    const entry = serverEntry(surroundings);
    if (!entry) return refuse(paths.desktopConfig, NO_PROGRAM, true);
    const files = await configFiles(surroundings);
    const plans = await Promise.all(files.map((file) => planEntry(host.files, file, entry)));
    return { ...toRuntimePlan(surroundings, plans), faulty: true };
  },
  async planRemoval(surroundings) {
    const files = await configFiles(surroundings);
    const { host } = surroundings;
    // What cannot be read is left alone: whoever wants the skill gone need not repair it first.
    const plans = await Promise.all(files.map((file) => planEntryRemoval(host.files, file)));
    return toRuntimePlan(surroundings, plans);
  },
};

/** The usual file, and on Windows those that the store edition reads in its place. */
async function configFiles({ host, paths }: Surroundings): Promise<ConfigFile[]> {
  const format = await jsoncFormat(SERVER_ID);
  const { facts, files } = host;
  const folders = [paths.desktop];
  if (facts.system === "windows") {
    const local = facts.env.LOCALAPPDATA || paths.join(facts.home, "AppData", "Local");
    const packages = await files.list(paths.join(local, "Packages")).catch(() => []);
    for (const folder of storeDesktopFolders(facts, packages)) {
      if (await files.stat(folder)) folders.push(folder);
    }
  }
  return folders.map((folder) => ({
    path: paths.join(folder, "claude_desktop_config.json"),
    format,
  }));
}

async function hasBundle({ host, paths }: Surroundings): Promise<boolean> {
  const names = await host.files.list(paths.join(paths.desktop, "Claude Extensions"))
    .catch(() => []);
  return names.some((name) => name.includes(SERVER_ID));
}

function toRuntimePlan({ host }: Surroundings, plans: readonly ConfigPlan[]): RuntimePlan {
  const installed = plans.find((plan) => plan.installed !== undefined)?.installed;
  const refused = plans.find((plan) => plan.refused !== undefined)?.refused;
  return {
    target: plans.map((plan) => plan.path).join(", "),
    ...(installed === undefined ? {} : { installed }),
    changes: plans.some(changesEntry),
    notes: [],
    ...(refused === undefined ? {} : { refused }),
    async apply() {
      for (const plan of plans) await applyEntry(host.files, plan);
    },
  };
}
