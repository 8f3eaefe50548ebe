/** Small pieces of Markdown that surfaces are put together from. */
import type { Example } from "./examples.ts";
import { exampleOf } from "./examples.ts";
import type { Rule } from "./rule_types.ts";
import { shellLine } from "./shell_line.ts";

/** Parts with a blank line between them and one line feed at the end; empty parts are left out. */
export function join(...parts: readonly string[]): string {
  return `${parts.map((part) => part.trim()).filter((part) => part !== "").join("\n\n")}\n`;
}

/** Command lines in one block, each with what it is. */
export function commandBlock(examples: readonly Example[]): string {
  const lines = examples.map(({ argv, about }) => `${shellLine(argv)}  # ${about}`);
  return ["```sh", ...lines, "```"].join("\n");
}

/** A guide with its `{{id}}` lines replaced by the commands. */
export function fillExamples(guide: string): string {
  return guide.replace(/^\{\{([\w-]+)\}\}$/gm, (_, id: string) => {
    const { argv, about } = exampleOf(id);
    return `${shellLine(argv)}  # ${about}`;
  });
}

/** Rules as a list, in the chosen length. */
export function ruleList(
  rules: readonly Rule[],
  wording: (rule: Rule) => string,
): string {
  return rules.map((rule) => `- ${wording(rule)}`).join("\n");
}

/** Front matter: strings are quoted, nested objects are flow-style JSON, which is YAML, too. */
export function frontMatter(fields: Readonly<Record<string, unknown>>): string {
  const lines = Object.entries(fields).map(([key, value]) =>
    `${key}: ${yamlValue(value)}`.replace(": \n", ":\n")
  );
  return ["---", ...lines, "---"].join("\n");
}

function yamlValue(value: unknown): string {
  if (typeof value === "string" && /^[a-zA-Z][\w-]*$/.test(value)) return value;
  return typeof value === "object" && value !== null
    ? nested(value as Record<string, unknown>)
    : JSON.stringify(value);
}

function nested(fields: Record<string, unknown>): string {
  if (Array.isArray(fields)) return JSON.stringify(fields);
  return Object.entries(fields).map(([key, value]) => `\n  ${key}: ${JSON.stringify(value)}`)
    .join("");
}

/** Two-space JSON with a final line feed. */
export function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
