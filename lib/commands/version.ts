/** `--version`: the bare version, or an object that says which program this is. */
import { VERSION } from "../platform/version.ts";
import type { CommandRun } from "./context.ts";

/** Name of the package, as the contract's JSON has it. */
const PACKAGE = "sogni-creative-agent-skill";

/** Prints the version. */
export const run: CommandRun = ({ report }) => {
  report.result({
    success: true,
    type: "version",
    name: PACKAGE,
    version: VERSION,
    timestamp: new Date().toISOString(),
  }, VERSION);
  return Promise.resolve(0);
};
