/** The reference guides: texts of `guides/`, and one made from the configuration schema. */
import hostedApi from "./guides/hosted-api.md" with { type: "text" };
import models from "./guides/models.md" with { type: "text" };
import personasMemory from "./guides/personas-memory.md" with { type: "text" };
import videoEditing from "./guides/video-editing.md" with { type: "text" };
import videoPrompting from "./guides/video-prompting.md" with { type: "text" };
import { fillExamples, join } from "./markdown.ts";
import { CONFIG_ROWS } from "../../lib/catalog/plugin_config_schema.ts";
import { PRODUCT } from "./product.ts";

/** A guide that the skill points to. */
export interface Guide {
  /** File name below `references/`. */
  readonly file: string;
  /** When to read it. */
  readonly when: string;
  readonly text: string;
}

/** Every guide, in the order of the index. */
export const GUIDES: readonly Guide[] = [
  {
    file: "video-prompting.md",
    when: "before writing a video prompt",
    text: fillExamples(videoPrompting),
  },
  {
    file: "video-editing.md",
    when: "before cutting, joining or dubbing films",
    text: fillExamples(videoEditing),
  },
  {
    file: "hosted-api.md",
    when: "before hosted chat or workflows",
    text: fillExamples(hostedApi),
  },
  {
    file: "models.md",
    when: "before choosing a model or size",
    text: fillExamples(models),
  },
  {
    file: "personas-memory.md",
    when: "before saving people or wishes",
    text: fillExamples(personasMemory),
  },
  { file: "openclaw-config.md", when: "under OpenClaw", text: openclawGuide() },
];

function openclawGuide(): string {
  return join(
    "# Configuration under OpenClaw",
    [
      `Defaults lie in \`~/.openclaw/openclaw.json\` (or the file that \`OPENCLAW_CONFIG_PATH\` names) at`,
      `\`plugins.entries["${PRODUCT.skillId}"].config\`; \`OPENCLAW_PLUGIN_CONFIG\` in the environment`,
      "replaces them. A flag always wins. The API key does not belong here: give it to the gateway's",
      "environment, to `skills.entries`, or to the credentials file.",
    ].join("\n"),
    [
      "| key | values | without it |",
      "|---|---|---|",
      ...CONFIG_ROWS.map(([key, kind, fallback]) => `| \`${key}\` | ${kind} | ${fallback} |`),
    ].join("\n"),
    [
      "`videoModels` has one model for each kind of video: t2v, i2v, s2v, ia2v, a2v, v2v, animate-move,",
      "animate-replace. `modelDefaults` has `steps` and `guidance` by model id.",
    ].join("\n"),
  );
}
