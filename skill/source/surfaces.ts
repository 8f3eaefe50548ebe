/** Every surface: which files it has, and where they lie. Pure; `deno task skill` writes them. */
import { PRODUCT } from "./product.ts";
import { capabilityIndex } from "./surfaces/capabilities.ts";
import { chatgptBundle } from "./surfaces/chatgpt.ts";
import { claudeCodePlugin, marketplace } from "./surfaces/claude_code.ts";
import { codexSkill } from "./surfaces/codex.ts";
import { desktopExtension } from "./surfaces/desktop_extension.ts";
import { hermesSkill } from "./surfaces/hermes.ts";
import { llmsTxt } from "./surfaces/llms.ts";
import {
  clawhubSkill,
  openclawFrontMatter,
  openclawLink,
  openclawPlugin,
} from "./surfaces/openclaw.ts";
import { type Files, skillFolder } from "./surfaces/skill.ts";

/** Where the generated files lie, seen from the repository's root. */
export const DIST = "skill/dist";

/** The files by surface; paths count from the surface's folder below {@link DIST}. */
export function surfaces(): Readonly<Record<string, Files>> {
  return {
    [PRODUCT.skillId]: packageRoot(),
    [`codex/${PRODUCT.skillId}`]: codexSkill(),
    [`hermes/${PRODUCT.skillId}`]: hermesSkill(),
    "openclaw-link": openclawLink(),
    [`clawhub/${PRODUCT.skillId}`]: clawhubSkill(),
    chatgpt: chatgptBundle(),
    "desktop-extension": desktopExtension(),
  };
}

/** Every generated file by its path from the repository's root. */
export function generatedFiles(): Files {
  const files = Object.entries(surfaces()).flatMap(([folder, contents]) =>
    Object.entries(contents).map((
      [path, text],
    ) => [`${DIST}/${folder}/${path}`, text])
  );
  return {
    ...Object.fromEntries(files),
    // Claude Code looks for the marketplace in the repository's root.
    ".claude-plugin/marketplace.json": marketplace(
      `./${DIST}/${PRODUCT.skillId}`,
    ),
    ...llmsTxt(),
  };
}

/** What lies in the root of the npm package: the skill, the plugins, the index, llms.txt. */
function packageRoot(): Files {
  return {
    ...skillFolder(openclawFrontMatter()),
    ...claudeCodePlugin(),
    ...openclawPlugin(),
    ...capabilityIndex(),
    ...llmsTxt(),
  };
}
