/** Takes variables out of this process's environment. */
import process from "node:process";

/** Removes `names`; the runtime and children no longer see them. Facts that were read stay. */
export function clearEnv(names: readonly string[]): void {
  for (const name of names) {
    if (process.env[name] !== undefined) delete process.env[name];
  }
}
