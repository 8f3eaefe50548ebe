/** Inputs for tests of planning. */
import { createHash } from "node:crypto";
import type { Options } from "../../lib/cli/flags/table.ts";
import type { PlanInput } from "../../lib/plan/types.ts";

/** SHA-256 as planning takes it. */
export function sha256(text: string): Uint8Array {
  return createHash("sha256").update(text, "utf8").digest();
}

/** An input with a prompt and nothing else; `facts` replace its parts. */
export function planInput(options: Options = {}, facts: Partial<PlanInput> = {}): PlanInput {
  return {
    options,
    prompt: "a lighthouse",
    config: {},
    maxCount: 16,
    references: {},
    randomSeed: 123_456_789,
    sha256,
    ...facts,
  };
}
