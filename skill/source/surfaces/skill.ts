/** The full skill: SKILL.md and its guides. */
import { VERSION } from "../../../lib/platform/version.ts";
import { EXAMPLES } from "../examples.ts";
import { GUIDES } from "../guides.ts";
import { commandBlock, frontMatter, join, ruleList } from "../markdown.ts";
import { notYetText } from "../not_yet.ts";
import { PRODUCT, SUMMARY, TRIGGERS } from "../product.ts";
import { RULES } from "../rules.ts";
import { TOPIC_TITLES, TOPICS } from "../rule_types.ts";

/** Files of a surface: path below its folder, and text. */
export type Files = Readonly<Record<string, string>>;

/** What OpenClaw reads from the front matter. No hook: the package is named, not a command. */
export const OPENCLAW_METADATA = {
  emoji: "🎨",
  homepage: PRODUCT.homepage,
  primaryEnv: "SOGNI_API_KEY",
  os: ["darwin", "linux", "win32"],
  requires: { bins: [PRODUCT.program] },
  install: [{
    id: "npm",
    kind: "node",
    package: PRODUCT.npmPackage,
    bins: [PRODUCT.program],
    label: `Install ${PRODUCT.program} (npm)`,
  }],
} as const;

/**
 * The skill folder.
 *
 * @param more fields of the front matter that only one host reads
 */
export function skillFolder(
  more: Readonly<Record<string, unknown>> = {},
): Files {
  return { "SKILL.md": skillText(more), ...referenceFiles() };
}

/** The guides below `references/`. */
export function referenceFiles(): Files {
  return Object.fromEntries(
    GUIDES.map(({ file, text }) => [`references/${file}`, text]),
  );
}

function skillText(more: Readonly<Record<string, unknown>>): string {
  return join(
    frontMatter({
      name: PRODUCT.skillId,
      description: TRIGGERS,
      license: PRODUCT.license,
      compatibility:
        "Needs the sogni-agent command and network access; ffmpeg for work on films and sound.",
      metadata: { version: VERSION, homepage: PRODUCT.homepage },
      ...more,
    }),
    `# ${PRODUCT.program}`,
    [
      SUMMARY,
      `It is one command, \`${PRODUCT.program}\`; results are files. Guides lie in \`references/\` beside this`,
      `file; without them use \`${PRODUCT.program} --help\`, or`,
      `${PRODUCT.raw}/references/.`,
    ].join("\n"),
    "## Examples",
    commandBlock(EXAMPLES.filter(({ core }) => core)),
    OPTIONS,
    ...TOPICS.flatMap((topic) => [
      `## ${TOPIC_TITLES[topic]}`,
      ruleList(
        RULES.filter((rule) => rule.topic === topic),
        ({ text }) => text,
      ),
    ]),
    "## Reading the answer",
    ANSWER,
    "## Files and variables",
    PATHS,
    "## Guides",
    GUIDES.map(({ file, when }) => `- [references/${file}](references/${file}): ${when}`).join(
      "\n",
    ),
    ...(notYetText() === "" ? [] : ["## Not in this build yet", notYetText()]),
  );
}

const OPTIONS = `
| option | meaning |
|---|---|
| \`-o FILE\` | where the result goes; its extension chooses the format, several results become \`FILE-2\` … |
| \`-Q fast\`, \`hq\`, \`pro\` | 512, 768, 1024 px; \`pro\` takes about two minutes |
| \`-w\`, \`-h\` | width, height in px; help is \`--help\` |
| \`-n\`, \`-s\` | number of results (up to 16), seed |
| \`-c FILE\` | picture to edit; \`--ref FILE\`: first frame, or face for photobooth |
| \`-v\` or \`--video\`, \`--music\` | kind of result; \`--duration SECONDS\` its length (5, music 30) |
| \`-t SECONDS\` | how long to wait |
| \`--token-type spark\`, \`sogni\`, \`auto\` | what pays |
| \`--sandbox\` | practice: real files, marked, no account, no cost |
`;

const ANSWER = `
- \`success: true\`: \`localPaths[]\`, \`urls[]\`, \`seeds[]\` and \`prompts[]\` line up; \`localPath\` is the first.
  \`withheld\` counts what the content filter kept back (exit 10), \`failures[]\` names what failed.
- \`success: false\`: \`error\`, \`errorCode\`, \`errorCategory\`, \`retryable\`, and \`hint\` where there is a next
  step.
- \`sandbox: true\`: practice, nothing was paid; say so.
- Balance: \`spark\` and \`sogni\` (\`null\`: unknown). The last render: the record of \`--last\`.
`;

const PATHS = `
| what | where | variable |
|---|---|---|
| key | \`~/.config/sogni/credentials\` | \`SOGNI_CREDENTIALS_PATH\`, or the key in \`SOGNI_API_KEY\` |
| last render | \`~/.config/sogni/last-render.json\` | \`SOGNI_LAST_RENDER_PATH\` |
| personas, memories, personality | \`~/.config/sogni/\` | |
| media sent by the user | \`~/.openclaw/media/inbound\` | \`SOGNI_MEDIA_INBOUND_DIR\` |
| OpenClaw's configuration | \`~/.openclaw/openclaw.json\` | \`OPENCLAW_CONFIG_PATH\` |
| ffmpeg | \`PATH\` | \`FFMPEG_PATH\` |
| daily look for updates | on | \`SOGNI_NO_UPDATE_CHECK=1\` |
`;
