/** `--personality-set`, `--personality-get`, `--personality-clear`. */
import { AppError } from "../errors/app_error.ts";
import { clearPersonality, getPersonality, setPersonality } from "../store/personality.ts";
import type { StatePaths } from "../store/paths.ts";
import type { CommandContext, CommandRun } from "./context.ts";
import { loadSettings } from "./generation/settings.ts";
import { type StateAnswer, stateAnswer } from "./state_answer.ts";

/** Runs the first of the personality actions that was given. */
export const run: CommandRun = async (context) => {
  const { paths } = await loadSettings(context);
  return await stateAnswer(context, paths, await answer(context, paths));
};

async function answer(context: CommandContext, paths: StatePaths): Promise<StateAnswer> {
  const { host, invocation: { options } } = context;
  if (options.personalitySet !== undefined) {
    const personality = options.personalitySet;
    await setPersonality(host, paths, personality);
    return {
      type: "personality-set",
      fields: { personality },
      text: "Personality saved.",
      changed: true,
    };
  }
  if (options.personalityClear) {
    await clearPersonality(host, paths);
    return { type: "personality-clear", fields: {}, text: "Personality cleared." };
  }
  const personality = await readOrNull(context, paths);
  return {
    type: "personality-get",
    fields: { personality },
    text: personality || "No personality is set.",
  };
}

/** A text that cannot be read counts as none, with a warning. */
async function readOrNull(
  { host, report }: CommandContext,
  paths: StatePaths,
): Promise<string | null> {
  try {
    return await getPersonality(host, paths);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    report.important(`Warning: ${error.message}`);
    return null;
  }
}
