/** The per-capability index: small slices of the hosted tools, for hosts that load them on demand. */
import { frontMatter, join, ruleList } from "../markdown.ts";
import { RULES } from "../rules.ts";
import type { Topic } from "../rule_types.ts";
import type { Files } from "./skill.ts";

interface Capability {
  readonly id: string;
  readonly description: string;
  readonly alwaysLoaded?: boolean;
  readonly tools: readonly string[];
  readonly topics: readonly Topic[];
}

/** The hosted tools by capability. */
export const CAPABILITIES: readonly Capability[] = [
  {
    id: "quality_audit",
    description: "Look at a result before it is called done.",
    alwaysLoaded: true,
    tools: ["finalize_response"],
    topics: ["delivery"],
  },
  {
    id: "session_control",
    description: "Ask, wait, and speak of money.",
    alwaysLoaded: true,
    tools: ["ask_clarifying_question"],
    topics: ["safety", "setup", "money", "waiting"],
  },
  {
    id: "asset_reference_management",
    description: "Name, check and pass on references.",
    alwaysLoaded: true,
    tools: [
      "create_asset_manifest",
      "inspect_asset",
      "label_asset",
      "map_assets_for_model",
      "validate_asset_references",
    ],
    topics: [],
  },
  {
    id: "image_generation",
    description: "Make pictures from words.",
    tools: ["generate_image"],
    topics: ["images"],
  },
  {
    id: "image_editing",
    description: "Change pictures that exist.",
    tools: [
      "edit_image",
      "apply_style",
      "restore_photo",
      "refine_result",
      "change_angle",
    ],
    topics: ["images"],
  },
  {
    id: "video_generation",
    description: "Make films from words, pictures and sound.",
    tools: [
      "generate_video",
      "animate_photo",
      "sound_to_video",
      "orbit_video",
      "dance_montage",
    ],
    topics: ["video"],
  },
  {
    id: "video_editing",
    description: "Change, lengthen and join films.",
    tools: [
      "video_to_video",
      "stitch_video",
      "extend_video",
      "replace_video_segment",
      "overlay_video",
      "add_subtitles",
    ],
    topics: ["video"],
  },
  {
    id: "music_generation",
    description: "Make music and songs.",
    tools: ["generate_music"],
    topics: ["video"],
  },
  {
    id: "media_analysis",
    description: "Say what is in a picture or film.",
    tools: ["analyze_image", "analyze_video", "extract_metadata"],
    topics: [],
  },
  {
    id: "persona_management",
    description: "Saved people and their voices.",
    tools: [],
    topics: ["people"],
  },
  {
    id: "app_settings",
    description: "Memories and manner.",
    tools: [],
    topics: ["people"],
  },
  {
    id: "composition_planning",
    description: "Plan several steps before any is run.",
    tools: [],
    topics: ["planning"],
  },
];

/** `skills/README.md` and one file for each capability. */
export function capabilityIndex(): Files {
  const files = CAPABILITIES.map((capability) =>
    [`skills/${capability.id}.md`, capabilityText(capability)] as const
  );
  return { "skills/README.md": indexText(), ...Object.fromEntries(files) };
}

function capabilityText(
  { id, description, alwaysLoaded = false, tools, topics }: Capability,
) {
  const rules = RULES.filter(({ topic }) => topics.includes(topic));
  return join(
    frontMatter({
      name: id,
      description,
      always_loaded: alwaysLoaded,
      tool_names: tools,
    }),
    ruleList(rules, ({ short }) => short) ||
      "No rules of its own; see SKILL.md.",
  );
}

function indexText(): string {
  const list = (always: boolean) =>
    CAPABILITIES.filter(({ alwaysLoaded = false }) => alwaysLoaded === always)
      .map(({ id, description, tools }) =>
        `- [${id}](${id}.md): ${description} ${tools.map((tool) => `\`${tool}\``).join(", ")}`
          .trimEnd()
      ).join("\n");
  return join(
    "# Capabilities",
    "Slices of the hosted tools for hosts that load them on demand. They are no skill folders; the skill is `../SKILL.md`.",
    "## Always loaded",
    list(true),
    "## On demand",
    list(false),
  );
}
