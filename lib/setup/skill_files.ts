/**
 * The skill that setup installs, for each runtime. In a bundle this module is replaced by one that
 * holds the texts (`scripts/build.ts`).
 */
import { fileURLToPath } from "node:url";
import { readSkillFiles } from "./read_skill_files.ts";

/** Text by path in the skill folder, for each runtime; and the text for ChatGPT. */
export interface SkillFiles {
  readonly claude: Readonly<Record<string, string>>;
  readonly openclaw: Readonly<Record<string, string>>;
  readonly codex: Readonly<Record<string, string>>;
  readonly hermes: Readonly<Record<string, string>>;
  readonly chatgpt: string;
}

/** The texts of this version. */
export function skillFiles(): SkillFiles {
  return readSkillFiles(fileURLToPath(new URL("../../", import.meta.url)));
}
