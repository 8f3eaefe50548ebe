/** Text for the GPT editor: ChatGPT runs no commands, so it gets rules and prompt craft. */
import { join, ruleList } from "../markdown.ts";
import { PRODUCT, SUMMARY } from "../product.ts";
import { CHAT_RULES, RULES } from "../rules.ts";
import { ACTIONS_URL, chatgptActions } from "./chatgpt_actions.ts";
import type { Files } from "./skill.ts";

/** Characters that the Instructions field of the editor takes. */
export const INSTRUCTIONS_LIMIT = 8_000;

/** The Instructions alone, and the walk through the editor around them. */
export function chatgptBundle(): Files {
  const instructions = chatgptInstructions();
  return {
    "instructions.md": instructions,
    "openapi.json": chatgptActions(),
    "setup.md": join(
      `# ${PRODUCT.displayName} for ChatGPT`,
      [
        "1. Open https://chatgpt.com/gpts/editor (a paid account, on the web) and choose Create, then",
        "   Configure.",
        `2. Name: ${PRODUCT.displayName}`,
        `3. Description: ${SUMMARY}`,
        "4. Instructions: all of `instructions.md`, as it stands below.",
        "5. Knowledge: upload `references/video-prompting.md` and `references/models.md`, if you like.",
        "6. Actions: create a new action, import its schema from the address below (or paste",
        "   `openapi.json`), and choose Authentication, API key, Bearer. The key comes from",
        `   ${PRODUCT.dashboard} and goes into that field, never into the text. Privacy policy:`,
        `   ${PRODUCT.privacy}. Without an action this GPT writes prompts and plans.`,
        `   ${ACTIONS_URL}`,
        "7. Save, and choose who may use it.",
      ].join("\n"),
      `Agents on a computer use the command instead: ${PRODUCT.repository}`,
      "## Instructions",
      instructions,
    ),
  };
}

/** The Instructions: no commands, no flags, under {@link INSTRUCTIONS_LIMIT} characters. */
export function chatgptInstructions(): string {
  const promptOnly = RULES.find(({ id }) => id === "B37")?.text ?? "";
  return join(
    `You help people make pictures, videos and music with the Sogni service. ${SUMMARY}`,
    "You cannot run programs on the user's computer. With an action for the Sogni API you render; without one you write the prompt and the settings, ready to use, and say that nothing was rendered.",
    "With the action: startWorkflow with one step for each picture, clip or piece of music, confirm_cost only after the user has agreed; then getWorkflow until status is completed, failed or waiting_for_user, and hand over the links of its artifacts.",
    "# Rules",
    ruleList(CHAT_RULES, ({ chat = "" }) => chat),
    `- ${promptOnly}`,
    "# Writing prompts",
    [
      "- Picture: subject, place, light, style, shot; concrete nouns, no contradictions. Text in the picture goes in quotes and to a model that can write.",
      "- Edit: say what changes and that all else stays.",
      "- Video (LTX): one unbroken paragraph, 4 to 8 sentences in the present tense, one continuous shot: size of shot and place first, then textures and a named light, steady figures, one thread of action, speech in double quotes with its speaker; mood by behaviour and sound; no negations, lists or text on the screen. As much as the clip is long: three spoken words take a second.",
      "- Video from a picture (WAN): one or two sentences on what moves and how the camera moves.",
      "- Music: genre, mood, instruments, tempo; sung words apart, as lyrics.",
    ].join("\n"),
    "# Settings",
    [
      "- Quality: fast 512 px, hq 768 px, pro 1024 px and about two minutes.",
      "- Lengths: video 5 seconds unless asked, music 30. Up to 16 results in a go; ask before large batches.",
      "- Vendor models (GPT Image 2, Seedance, HappyHorse) need Premium Spark and are never part of a subscription.",
    ].join("\n"),
  );
}
