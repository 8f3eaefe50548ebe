/** Scripted failures of hosted work. */
import type { SandboxContext } from "../context.ts";
import type { FaultRule } from "../faults/script.ts";

/** How a run or a workflow fails. */
export interface Trouble {
  readonly message: string;
  readonly code: string;
}

/** The failure that a script or a marker in the prompt asks for. */
export function scriptedTrouble(
  context: SandboxContext,
  prompt: string,
  inline: readonly FaultRule[] = [],
): Trouble | undefined {
  const rule = context.faults.strike("error", { prompt, phase: "started", inline });
  if (!rule) return undefined;
  return {
    message: rule.message ?? "The sandbox was told to fail here.",
    code: String(rule.code ?? "SANDBOX_FAILURE"),
  };
}
