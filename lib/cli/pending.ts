/**
 * What the command line knows and this build cannot do yet: each use ends in `NOT_IMPLEMENTED`
 * rather than being passed over in silence. Built something? Remove its row.
 */
import { AppError } from "../errors/app_error.ts";
import type { OptionKey } from "./flags/table.ts";
import { FLAG_ROWS } from "./flags/table.ts";
import type { Invocation } from "./invocation.ts";

/** Flags not built yet, and what works today. */
export const PENDING_FLAGS: Readonly<Partial<Record<OptionKey, string>>> = {
  turnClassify: "The service judges turns. Tools they may call: sogni-agent --compile-tools",
};

/** Commands not built yet, and what works today. */
export const PENDING_COMMANDS: Readonly<Record<string, string>> = {};

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
  if (instead !== undefined) {
    throw notImplemented(`sogni-agent ${command}`, { command }, instead);
  }
}

function notImplemented(name: string, details: Record<string, unknown>, instead: string): Error {
  return new AppError("NOT_IMPLEMENTED", `${name} is not available in this build yet.`, {
    details,
    ...(instead === "" ? {} : { hint: instead }),
  });
}
