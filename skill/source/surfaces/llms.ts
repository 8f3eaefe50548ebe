/** `llms.txt`: where an agent that has nothing yet finds everything. */
import { GUIDES } from "../guides.ts";
import { join } from "../markdown.ts";
import { notYetText } from "../not_yet.ts";
import { PRODUCT, SUMMARY } from "../product.ts";
import { RULES } from "../rules.ts";
import type { Files } from "./skill.ts";

/** The file under its present name and the older one. */
export function llmsTxt(): Files {
  const text = llmsText();
  return { "llms.txt": text, "llm.txt": text };
}

function llmsText(): string {
  const rule = (id: string) => RULES.find((row) => row.id === id)?.text ?? "";
  return join(
    `# ${PRODUCT.displayName}`,
    `> ${SUMMARY} One command, \`${PRODUCT.program}\`, for agents and people; \`--json\` gives exactly one object on stdout.`,
    [
      `- Command: \`npm install -g ${PRODUCT.npmPackage}\` (Node 22.13 or later)`,
      `- Claude Code: \`/plugin marketplace add ${PRODUCT.repositoryName}\`, then \`/plugin install ${PRODUCT.pluginId}@${PRODUCT.marketplaceId}\`; plugin or personal skill, not both`,
      `- Codex: the skill folder to \`~/.codex/skills/${PRODUCT.skillId}/\`, then a new session`,
      `- Hermes: the skill folder to \`~/.hermes/skills/media/${PRODUCT.skillId}/\`, then \`/reset\``,
      `- OpenClaw: \`openclaw skills install ${PRODUCT.skillId}\`, or \`openclaw plugins install npm:${PRODUCT.npmPackage}\``,
      `- Any MCP client: the command \`${PRODUCT.program} mcp\`; Claude Desktop: configuration entry or \`.mcpb\`, not both`,
      "- ChatGPT: text for the GPT editor only",
      `- Key: made at ${PRODUCT.dashboard} (account menu); \`${PRODUCT.program} login\` in a terminal, or \`SOGNI_API_KEY\``,
      `- ${rule("B2")}`,
      `- ${rule("B4")}`,
      `- ${rule("B9")}`,
    ].join("\n"),
    notYetText(),
    "## Skill",
    [
      link(
        "SKILL.md",
        "SKILL.md",
        "rules, examples and answers; read it first",
      ),
      ...GUIDES.map(({ file, when }) => link(file, `references/${file}`, when)),
    ].join("\n"),
    "## Product",
    [
      `- [Repository](${PRODUCT.repository}): sources, issues, releases`,
      `- [Pricing](${PRODUCT.pricing}): Spark packs`,
    ].join("\n"),
    "## Optional",
    `- [Documentation](${PRODUCT.documentation}): the service itself`,
  );
}

function link(name: string, path: string, note: string): string {
  return `- [${name}](${PRODUCT.raw}/${path}): ${note}`;
}
