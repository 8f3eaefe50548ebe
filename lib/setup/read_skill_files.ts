/** Reads the generated surfaces from the repository, for the build and for runs from the sources. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { SKILL_ID } from "./runtime_paths.ts";
import type { SkillFiles } from "./skill_files.ts";

/** @param root the repository's folder */
export function readSkillFiles(root: string): SkillFiles {
  const dist = join(root, "skill/dist");
  const common = readSkill(join(dist, SKILL_ID), /^(?:SKILL\.md|references\/)/);
  return {
    claude: common,
    openclaw: common,
    codex: readSkill(join(dist, "codex", SKILL_ID)),
    hermes: readSkill(join(dist, "hermes", SKILL_ID)),
    chatgpt: readFileSync(join(dist, "chatgpt/setup.md"), "utf8"),
  };
}

function readSkill(folder: string, only = /./): Record<string, string> {
  if (!existsSync(join(folder, "SKILL.md"))) throw new Error(`${folder} holds no skill`);
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .map((name) => name.replaceAll("\\", "/"))
    .filter((name) => only.test(name))
    .sort();
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), "utf8")]));
}
