/** The Codex skill folder: the full skill, and how Codex shows it. */
import { join } from "../markdown.ts";
import { PRODUCT, SUMMARY } from "../product.ts";
import { type Files, skillFolder } from "./skill.ts";

/** Files of the skill folder. */
export function codexSkill(): Files {
  return { ...skillFolder(), "agents/openai.yaml": openaiYaml() };
}

function openaiYaml(): string {
  return join([
    "interface:",
    `  display_name: ${JSON.stringify(PRODUCT.displayName)}`,
    `  short_description: ${JSON.stringify(SUMMARY)}`,
    `  default_prompt: ${JSON.stringify("Draw a lighthouse made of stained glass with Sogni.")}`,
    "policy:",
    "  allow_implicit_invocation: true",
  ].join("\n"));
}
