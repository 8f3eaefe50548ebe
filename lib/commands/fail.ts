/** Reports failures that no command reported itself. */
import { reportFailure } from "../cli/report_failure.ts";
import { Reporter } from "../cli/reporter.ts";
import type { Host } from "../platform/host.ts";

/** What the report needs to know. */
export interface Unreported {
  /** Whether stdout still owes its JSON object. */
  json: boolean;
  /** The prompt as far as the command line was read; `null`: none. */
  prompt: string | null;
}

/** Reports at once and returns the exit code. */
export function failNow(error: unknown, host: Host, { json, prompt }: Unreported): number {
  const openclaw = (host.facts.env.OPENCLAW_PLUGIN_CONFIG ?? "") !== "";
  const report = new Reporter(host, { json, quiet: false, openclaw });
  return reportFailure(error, report, host.facts, { prompt });
}
