/** Hermes Agent: a skill in a category of its skill folder. */
import { MARKER_NAME } from "../marker.ts";
import { SKILL_ID } from "../runtime_paths.ts";
import type { Surroundings } from "./runtime.ts";
import { skillRuntime } from "./skill_runtime.ts";

/** `~/.hermes/skills/CATEGORY/…`; a category that has the skill already is kept. */
export const HERMES = skillRuntime({
  name: "hermes",
  label: "Hermes Agent",
  adapter: "hermes",
  restart: "send /reset to Hermes",
  mode: 0o600,
  home: (paths) => paths.hermes,
  folder: async (surroundings) => {
    const { paths, hermesCategory } = surroundings;
    const [present] = await installations(surroundings);
    return present ?? paths.join(paths.hermes, "skills", hermesCategory, SKILL_ID);
  },
  folders: installations,
  files: (skills) => skills.hermes,
});

/** Folders of the skill in any category; those with our marker first. */
async function installations({ host, paths }: Surroundings): Promise<string[]> {
  const base = paths.join(paths.hermes, "skills");
  const marked: string[] = [];
  const others: string[] = [];
  for (const category of await host.files.list(base).catch(() => [])) {
    const folder = paths.join(base, category, SKILL_ID);
    if (!await host.files.stat(folder, { followLinks: false })) continue;
    const isMarked = await host.files.stat(paths.join(folder, MARKER_NAME));
    (isMarked ? marked : others).push(folder);
  }
  return [...marked, ...others];
}
