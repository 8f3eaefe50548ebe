/** OpenClaw: a skill in its managed folder. Its configuration is never touched. */
import { SKILL_ID } from "../runtime_paths.ts";
import type { Surroundings } from "./runtime.ts";
import { skillRuntime } from "./skill_runtime.ts";

/** `~/.openclaw/skills/…` */
export const OPENCLAW = skillRuntime({
  name: "openclaw",
  label: "OpenClaw",
  adapter: "openclaw",
  restart: "start a new OpenClaw session",
  home: (paths) => paths.openclaw,
  folder: ({ paths }) => paths.join(paths.openclaw, "skills", SKILL_ID),
  files: (skills) => skills.openclaw,
  async duplicate({ host, paths }: Surroundings) {
    const plugin = paths.join(paths.openclaw, "extensions", SKILL_ID);
    return await host.files.stat(plugin)
      ? "the OpenClaw plugin is installed; with the skill it would be there twice"
      : undefined;
  },
});
