/** OpenClaw: the plugin manifest, the folder to link, and the ClawHub skill. */
import { VERSION } from "../../../lib/platform/version.ts";
import { join, json } from "../markdown.ts";
import { CONFIG_SCHEMA } from "../../../lib/catalog/plugin_config_schema.ts";
import { PRODUCT, SUMMARY } from "../product.ts";
import { type Files, OPENCLAW_METADATA, skillFolder } from "./skill.ts";

const ENTRY = "openclaw-plugin.mjs";

/** The manifest and its entry, which registers nothing: the plugin is its skill. */
export function openclawPlugin(): Files {
  return {
    "openclaw.plugin.json": json({
      id: PRODUCT.skillId,
      name: PRODUCT.displayName,
      description: SUMMARY,
      version: VERSION,
      categories: ["media"],
      skills: ["."],
      configSchema: CONFIG_SCHEMA,
    }),
    [ENTRY]: join(
      "// The plugin is its skill; there is nothing to register.\nexport default function register() {}",
    ),
  };
}

/** Front matter of skills that OpenClaw reads. */
export function openclawFrontMatter(): Record<string, unknown> {
  return {
    metadata: {
      version: VERSION,
      homepage: PRODUCT.homepage,
      openclaw: OPENCLAW_METADATA,
    },
  };
}

/** A folder for `openclaw plugins install -l`: only data and the empty entry. */
export function openclawLink(): Files {
  return {
    ...skillFolder(openclawFrontMatter()),
    ...openclawPlugin(),
    "package.json": json({
      name: PRODUCT.skillId,
      version: VERSION,
      private: true,
      type: "module",
      openclaw: { extensions: [`./${ENTRY}`] },
    }),
    "README.md": join(
      `# ${PRODUCT.displayName} for OpenClaw`,
      "Link this folder, not the repository's root, then restart the gateway:",
      '```sh\nopenclaw plugins install -l "$PWD"\nopenclaw gateway restart\n```',
      "Made by `deno task skill`; changes belong in `skill/source/`.",
    ),
  };
}

/** The ClawHub bundle: a skill and nothing that would make it a code plugin. */
export function clawhubSkill(): Files {
  return {
    ...skillFolder(openclawFrontMatter()),
    "skill-package.json": json({
      name: `${PRODUCT.skillId}-runtime`,
      version: VERSION,
      private: true,
      type: "module",
      dependencies: { [PRODUCT.npmPackage]: VERSION },
    }),
  };
}
