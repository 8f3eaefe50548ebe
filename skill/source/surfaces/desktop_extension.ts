/** The manifest of the `.mcpb` bundle: the executable, started as an MCP server. */
import { VERSION } from "../../../lib/platform/version.ts";
import { TOOL_TEXTS } from "../../../lib/mcp/tool_texts.ts";
import { json } from "../markdown.ts";
import { KEYWORDS, PRODUCT, SUMMARY } from "../product.ts";
import type { Files } from "./skill.ts";

/** Files of the folder that `mcpb pack` takes; `server/` has to hold the executable. */
export function desktopExtension(): Files {
  return {
    "manifest.json": json({
      manifest_version: "0.3",
      name: PRODUCT.pluginId,
      display_name: PRODUCT.displayName,
      version: VERSION,
      description: SUMMARY,
      author: PRODUCT.author,
      homepage: PRODUCT.homepage,
      documentation: PRODUCT.documentation,
      repository: { type: "git", url: PRODUCT.repository },
      license: PRODUCT.license,
      keywords: KEYWORDS,
      server: {
        type: "binary",
        entry_point: `server/${PRODUCT.program}`,
        mcp_config: {
          command: `\${__dirname}/server/${PRODUCT.program}`,
          args: ["mcp"],
          env: { SOGNI_API_KEY: "${user_config.api_key}" },
        },
      },
      tools: Object.entries(TOOL_TEXTS).map(([name, { description }]) => ({ name, description })),
      user_config: {
        api_key: {
          type: "string",
          title: "Sogni API key",
          description:
            `Made at ${PRODUCT.dashboard}, account menu. Leave it empty when ~/.config/sogni/credentials holds it.`,
          sensitive: true,
          required: false,
        },
      },
      compatibility: { platforms: ["darwin", "win32", "linux"] },
      privacy_policies: [PRODUCT.privacy],
    }),
  };
}
