/** `sogni-agent doctor`: says what works and how to repair what does not. */
import { VERSION } from "../platform/version.ts";
import { statePaths } from "../store/paths.ts";
import type { CommandContext, CommandRun } from "./context.ts";
import type { Examination } from "./doctor/check.ts";
import { CHECKS } from "./doctor/checks.ts";
import { examine, renderReports } from "./doctor/examine.ts";
import { loadSettings } from "./generation/settings.ts";

/** Runs all checks; healthy is the run in which none failed. */
export const run: CommandRun = async (context) => {
  const { invocation, report } = context;
  const examination = await prepare(context);
  const checks = await examine(CHECKS, examination, invocation.options.fix === true);
  const healthy = checks.every(({ status }) => status !== "fail");
  report.localResult(
    {
      success: healthy,
      type: "doctor",
      healthy,
      checks,
      version: VERSION,
      ...(invocation.options.sandbox ? { sandbox: true } : {}),
      timestamp: new Date().toISOString(),
    },
    renderReports(checks, VERSION),
  );
  return healthy ? 0 : 1;
};

/** Settings that cannot be read are reported like all else; the defaults are examined then. */
async function prepare(context: CommandContext): Promise<Examination> {
  const findings = new Map();
  try {
    return { context, ...await loadSettings(context), findings };
  } catch (error) {
    const settingsError = error instanceof Error ? error : new Error(String(error));
    const paths = statePaths({ ...context.host.facts, env: {} });
    return { context, config: {}, paths, settingsError, findings };
  }
}
