/** OpenAI's Codex: a skill and, when asked for, the MCP server in its `config.toml`. */
import {
  applyEntry,
  changesEntry,
  type ConfigFile,
  type ConfigPlan,
  planEntry,
  planEntryRemoval,
} from "../config_file.ts";
import { SERVER_ID, SKILL_ID } from "../runtime_paths.ts";
import { tomlFormat } from "../toml_format.ts";
import type { Runtime, RuntimePlan, Surroundings } from "./runtime.ts";
import { serverEntry } from "./server_entry.ts";
import { skillRuntime } from "./skill_runtime.ts";

const SKILL = skillRuntime({
  name: "codex",
  label: "OpenAI Codex",
  adapter: "codex-cli",
  restart: "start a new Codex session",
  home: (paths) => paths.codex,
  folder: ({ paths }) => paths.join(paths.codex, "skills", SKILL_ID),
  files: (skills) => skills.codex,
  async duplicate({ host, paths }: Surroundings) {
    const shared = paths.join(paths.sharedSkills, SKILL_ID);
    return await host.files.stat(shared)
      ? `Codex reads the skill from ${shared} already; with another copy it would be there twice`
      : undefined;
  },
});

/** A render may take half an hour; Codex gives a tool one minute unless told otherwise. */
const LIMITS = { startup_timeout_sec: 30, tool_timeout_sec: 1800 };

/** `~/.codex/skills/…`; not `~/.agents/skills`, which other runtimes read, too. */
export const CODEX: Runtime = {
  ...SKILL,
  async planInstall(surroundings) {
    const skill = await SKILL.planInstall(surroundings);
    if (!surroundings.codexMcp) return skill;
    const entry = serverEntry(surroundings);
    if (!entry) return { ...skill, notes: [...skill.notes, NO_PROGRAM] };
    const { files } = surroundings.host;
    return both(
      surroundings,
      skill,
      await planEntry(files, await configFile(surroundings), { ...entry, ...LIMITS }),
    );
  },
  async planRemoval(surroundings) {
    const skill = await SKILL.planRemoval(surroundings);
    const config = await planEntryRemoval(surroundings.host.files, await configFile(surroundings));
    // A file that cannot be read holds nothing of ours that we could know of.
    return config.refused === undefined ? both(surroundings, skill, config) : skill;
  },
};

/** Why there is no entry of the MCP server. */
export const NO_PROGRAM =
  "the MCP server needs sogni-agent to be installed for good; run setup with --install-cli";

async function configFile({ paths }: Surroundings): Promise<ConfigFile> {
  return { path: paths.join(paths.codex, "config.toml"), format: await tomlFormat(SERVER_ID) };
}

function both({ host }: Surroundings, skill: RuntimePlan, config: ConfigPlan): RuntimePlan {
  return {
    ...skill,
    changes: skill.changes || changesEntry(config),
    notes: [...skill.notes, ...(config.refused === undefined ? [] : [config.refused])],
    async apply() {
      await skill.apply();
      await applyEntry(host.files, config);
    },
  };
}
