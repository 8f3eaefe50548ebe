/** The Hermes skill folder: the full skill with the front matter that Hermes reads. */
import { VERSION } from "../../../lib/platform/version.ts";
import { PRODUCT } from "../product.ts";
import { type Files, skillFolder } from "./skill.ts";

/** Files of the skill folder. */
export function hermesSkill(): Files {
  return skillFolder({
    version: VERSION,
    author: PRODUCT.author.name,
    platforms: ["macos", "linux", "windows"],
    // Listed, so that the variable reaches sandboxed terminals; the credentials file does, too.
    required_environment_variables: [{
      name: "SOGNI_API_KEY",
      prompt: "Sogni API key (empty when it is in the credentials file)",
      help: `Made at ${PRODUCT.dashboard}, account menu`,
      optional: true,
    }],
    metadata: {
      version: VERSION,
      homepage: PRODUCT.homepage,
      hermes: {
        category: "media",
        tags: ["image", "video", "music", "creative"],
      },
    },
  });
}
