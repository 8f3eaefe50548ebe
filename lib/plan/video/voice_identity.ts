/** The prompt form that models with a voice to imitate expect. */
import { quotedPassages } from "./words.ts";

/** Speaker when nobody is named. */
const SPEAKER = "SPEAKER";

const SECTION = /\[(?:visual|speech|sounds)\]/iu;

/**
 * Rebuilds a prompt as `[VISUAL]`, `[SPEECH]` and `[SOUNDS]`; one that has any of these sections
 * already stays as it is.
 *
 * @param speaker name for the lines of speech
 */
export function sectionPrompt(prompt: string, speaker = SPEAKER): string {
  if (SECTION.test(prompt)) return prompt;
  const lines = quotedPassages(prompt).map((line) => `${speaker}: "${line}"`);
  return [
    `[VISUAL]\n${prompt}`,
    ["[SPEECH]", ...lines].join("\n"),
    "[SOUNDS]\nNatural ambience that fits the place, low enough to leave the voice clear.",
  ].join("\n\n");
}
