/**
 * What the command line knows and this build cannot do yet: each use ends in `NOT_IMPLEMENTED`
 * rather than being passed over in silence. Built something? Remove its row.
 */
import { AppError } from "../errors/app_error.ts";
import type { OptionKey } from "./flags/table.ts";
import { FLAG_ROWS } from "./flags/table.ts";
import type { Invocation } from "./invocation.ts";

/** Flags not built yet, and what works today. */
export const PENDING_FLAGS: Readonly<Partial<Record<OptionKey, string>>> = {};

/** Commands not built yet, and what works today. */
export const PENDING_COMMANDS: Readonly<Record<string, string>> = {
  "contract-debug": "Plan a storyboard with: sogni-agent --storyboard-plan",
};

/** Throws when the command line needs something of the tables above. */
export function refusePending(invocation: Invocation): void {
  for (const row of FLAG_ROWS) {
    const instead = PENDING_FLAGS[row.key];
    if (instead !== undefined && invocation.options[row.key] !== undefined) {
      throw notImplemented(row.name, { flag: row.name }, instead);
    }
  }
  const { command } = invocation;
  const instead = Object.hasOwn(PENDING_COMMANDS, command) ? PENDING_COMMANDS[command] : undefined;
  if (instead !== undefined) throw notImplemented(commandName(invocation), { command }, instead);
}

/** How the command was asked for: the flag that led to it, else its word. */
function commandName({ command, options }: Invocation): string {
  if (command !== "contract-debug") return `sogni-agent ${command}`;
  if (options.turnClassify) return "--turn-classify";
  return options.compileTools ? "--compile-tools" : "--dispatch-tool";
}

function notImplemented(name: string, details: Record<string, unknown>, instead: string): Error {
  return new AppError("NOT_IMPLEMENTED", `${name} is not available in this build yet.`, {
    details,
    ...(instead === "" ? {} : { hint: instead }),
  });
}
