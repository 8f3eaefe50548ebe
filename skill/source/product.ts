/** Names, addresses and texts that every surface shares; the only place that spells them. */

/** Who and what this is, to a host that installs it. */
export const PRODUCT = {
  npmPackage: "@sogni-ai/sogni-creative-agent-skill",
  /** Root skill, skill folder, OpenClaw plugin, config key, ClawHub slug. */
  skillId: "sogni-creative-agent-skill",
  /** Claude Code plugin, lean skill, MCP server, Desktop config key, `.mcpb`. */
  pluginId: "sogni-creative-agent",
  marketplaceId: "sogni",
  marketplaceVersion: "1.0.0",
  program: "sogni-agent",
  installer: "setup-sogni-agent-skill",
  displayName: "Sogni Creative Agent",
  license: "MIT",
  author: { name: "Sogni", url: "https://sogni.ai" },
  homepage: "https://sogni.ai",
  dashboard: "https://dashboard.sogni.ai",
  pricing: "https://docs.sogni.ai/pricing/#spark-packs",
  documentation: "https://docs.sogni.ai",
  privacy: "https://www.sogni.ai/privacy-policy",
  repository: "https://github.com/Sogni-AI/sogni-creative-agent-skill",
  repositoryName: "Sogni-AI/sogni-creative-agent-skill",
  /** Raw files of the main branch, for agents that hold only one of them. */
  raw:
    "https://raw.githubusercontent.com/Sogni-AI/sogni-creative-agent-skill/main/skill/dist/sogni-creative-agent-skill",
} as const;

/** One sentence for manifests. */
export const SUMMARY =
  "Generate and edit images, make videos and music, and keep personas and memories, with the Sogni service.";

/** What makes an agent choose the skill: trigger words first, under 500 characters. */
export const TRIGGERS =
  "Draw, generate, create, edit or restyle an image; make a video, animate a photo, lip-sync, morph " +
  "or loop a clip; make music or a song; a headshot or 'generate me as'; another camera angle, 360 " +
  "turn; join clips, change a soundtrack, extract a frame; Sogni balance, personas, memories, last " +
  "render. Use when the user asks for any of these, for Sogni, or for sogni-agent. Runs the " +
  "sogni-agent command and saves files.";

export const KEYWORDS: readonly string[] = [
  "image",
  "video",
  "music",
  "generation",
  "sogni",
];
