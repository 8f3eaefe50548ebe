/** Chooses the command that a set of options asks for. */
import type { OptionKey, Options } from "./flags/table.ts";

/**
 * The actions by priority: the first one with an option present runs, the rest is ignored.
 * Nothing of the list given: the command is `generate`.
 */
export const ACTIONS: readonly (readonly [command: string, keys: readonly OptionKey[]])[] = [
  ["version", ["version"]],
  ["doctor", ["doctor"]],
  ["memory", ["memorySet", "memoryGet", "memoryList", "memoryRemove"]],
  ["personality", ["personalitySet", "personalityGet", "personalityClear"]],
  ["persona", ["personaAdd", "personaList", "personaRemove", "personaResolve"]],
  ["api-models", ["listApiModels", "getApiModel"]],
  ["replay", ["listReplays", "getReplay", "ingestReplay"]],
  ["contract-debug", ["turnClassify", "compileTools", "dispatchTool"]],
  ["storyboard-plan", ["storyboardPlan"]],
  ["durable-chat", ["durableChat"]],
  ["api-chat", ["apiChat"]],
  ["workflow", [
    "apiWorkflow",
    "listWorkflows",
    "getWorkflow",
    "workflowEvents",
    "streamWorkflow",
    "cancelWorkflow",
    "resumeWorkflow",
    "watchWorkflow",
  ]],
  ["extract-last-frame", ["extractLastFrame"]],
  ["extract-first-frame", ["extractFirstFrame"]],
  ["concat", ["concatVideos"]],
  ["remix", ["remixAudio"]],
  ["list-media", ["listMedia"]],
  ["balance", ["balance"]],
  ["estimate", ["estimate", "estimateVideoCost"]],
];

/** Name of the command, as `Invocation.command` holds it. */
export function chooseCommand(options: Options): string {
  const chosen = ACTIONS.find(([, keys]) => keys.some((key) => options[key] !== undefined));
  return chosen?.[0] ?? "generate";
}
