/** The Claude Code plugin: a lean skill that leads to the full one beside it, and the marketplace. */
import { VERSION } from "../../../lib/platform/version.ts";
import { EXAMPLES } from "../examples.ts";
import { commandBlock, frontMatter, join, json, ruleList } from "../markdown.ts";
import { notYetText } from "../not_yet.ts";
import { KEYWORDS, PRODUCT, SUMMARY, TRIGGERS } from "../product.ts";
import { RULES } from "../rules.ts";
import type { Files } from "./skill.ts";

/** Files of the plugin root; the full skill has to lie in the same folder. */
export function claudeCodePlugin(): Files {
  return {
    ".claude-plugin/plugin.json": json({
      name: PRODUCT.pluginId,
      version: VERSION,
      description: SUMMARY,
      author: PRODUCT.author,
      homepage: PRODUCT.homepage,
      repository: PRODUCT.repository,
      license: PRODUCT.license,
      keywords: KEYWORDS,
      skills: "./plugin-skills",
    }),
    ".claude-plugin/marketplace.json": marketplace("./"),
    [`plugin-skills/${PRODUCT.pluginId}/SKILL.md`]: leanSkill(),
  };
}

/** The marketplace file; `source` is the plugin's folder, seen from the marketplace's root. */
export function marketplace(source: string): string {
  return json({
    name: PRODUCT.marketplaceId,
    owner: PRODUCT.author,
    metadata: { description: SUMMARY, version: PRODUCT.marketplaceVersion },
    plugins: [{
      name: PRODUCT.pluginId,
      source,
      description: SUMMARY,
      category: "creative",
      tags: ["image", "video", "music", "generation"],
      homepage: PRODUCT.homepage,
      repository: PRODUCT.repository,
      license: PRODUCT.license,
    }],
  });
}

function leanSkill(): string {
  return join(
    frontMatter({
      name: PRODUCT.pluginId,
      description: TRIGGERS,
      license: PRODUCT.license,
      metadata: { version: VERSION },
    }),
    `# ${PRODUCT.program}`,
    [
      `Needs the command: \`npm install -g ${PRODUCT.npmPackage}\`. The full skill is`,
      "[SKILL.md](../../SKILL.md), its guides are in `../../references/`; both paths count from this",
      "file, not from the user's folder. Read the guide of a topic before you act on it.",
    ].join("\n"),
    commandBlock(EXAMPLES.filter(({ lean }) => lean)),
    ruleList(RULES, ({ short }) => short),
    notYetText(),
  );
}
