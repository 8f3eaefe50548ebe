/** `--memory-set`, `--memory-get`, `--memory-list`, `--memory-remove`. */
import type { Options } from "../cli/flags/table.ts";
import type { Host } from "../platform/host.ts";
import {
  getMemory,
  listMemories,
  type Memory,
  removeMemory,
  setMemory,
} from "../store/memories.ts";
import type { StatePaths } from "../store/paths.ts";
import { singleLine } from "../text/control.ts";
import type { CommandRun } from "./context.ts";
import { loadSettings } from "./generation/settings.ts";
import { type StateAnswer, stateAnswer } from "./state_answer.ts";

/** Runs the first of the memory actions that was given. */
export const run: CommandRun = async (context) => {
  const { paths } = await loadSettings(context);
  const { options } = context.invocation;
  return await stateAnswer(context, paths, await answer(context.host, paths, options));
};

async function answer(host: Host, paths: StatePaths, options: Options): Promise<StateAnswer> {
  if (options.memorySet) {
    const [key = "", value = ""] = options.memorySet;
    const action = await setMemory(host, paths, { key, value, category: options.memoryCategory });
    return {
      type: "memory-set",
      fields: { action, key, value },
      text: `Memory ${action}: ${singleLine(key)}`,
      changed: true,
    };
  }
  if (options.memoryGet !== undefined) {
    const key = options.memoryGet;
    const memory = await getMemory(host, paths, key) ?? null;
    return {
      type: "memory-get",
      fields: { key, found: memory !== null, memory },
      text: memory ? memoryLine(memory) : `No memory has the key "${singleLine(key)}".`,
    };
  }
  if (options.memoryRemove !== undefined) {
    const key = options.memoryRemove;
    const removed = await removeMemory(host, paths, key);
    return {
      type: "memory-remove",
      fields: { removed, key },
      text: removed
        ? `Memory removed: ${singleLine(key)}`
        : `No memory has the key "${singleLine(key)}".`,
      changed: removed,
    };
  }
  const memories = await listMemories(host, paths);
  return {
    type: "memory-list",
    fields: { memories },
    text: memories.length === 0 ? "No memories are stored." : memories.map(memoryLine),
  };
}

function memoryLine({ key, value, category }: Memory): string {
  return singleLine(`${key}: ${value} [${category}]`);
}
