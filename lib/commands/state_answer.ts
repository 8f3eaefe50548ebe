/** How the state commands answer. */
import { closeStateFolder } from "../store/private_folder.ts";
import type { StatePaths } from "../store/paths.ts";
import type { CommandContext } from "./context.ts";

/** The outcome of a state command. */
export interface StateAnswer {
  /** The `type` of the JSON object. */
  type: string;
  /** Its own fields. */
  fields: Record<string, unknown>;
  /** For people. */
  text: string | readonly string[];
  /** Something was written. */
  changed?: boolean;
}

/** Reports an answer; what was not found is no failure. */
export async function stateAnswer(
  { host, report }: CommandContext,
  paths: StatePaths,
  { type, fields, text, changed }: StateAnswer,
): Promise<number> {
  if (changed) await closeStateFolder(host, paths, (line) => report.note(line));
  const timestamp = new Date().toISOString();
  report.localResult({ success: true, type, ...fields, timestamp }, text);
  return 0;
}
