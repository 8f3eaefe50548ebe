/** Runs checks one after the other; none of them ends the others. */
import { redactText } from "../../text/redact.ts";
import { singleLine } from "../../text/control.ts";
import { type Check, type Examination, explain, fail, type Finding, type Status } from "./check.ts";

/** A check as it is reported. */
export interface CheckReport {
  id: string;
  status: Status;
  detail: string;
  /** What `--fix` did. */
  fixed?: string[];
}

/**
 * @param fix repair what is safe to repair, and look again
 */
export async function examine(
  checks: readonly Check[],
  examination: Examination,
  fix: boolean,
): Promise<CheckReport[]> {
  const reports: CheckReport[] = [];
  for (const check of checks) {
    if (!await appliesSafely(check, examination)) continue;
    let finding = await runSafely(check, examination);
    const fixed = fix && needsRepair(finding) ? await repairSafely(check, examination) : [];
    if (fixed.length > 0) finding = await runSafely(check, examination);
    examination.findings.set(check.id, finding);
    const secrets = examination.context.failure.secrets ?? [];
    const detail = singleLine(redactText(finding.detail, secrets));
    reports.push({
      id: check.id,
      status: finding.status,
      detail,
      ...(fixed.length > 0 ? { fixed } : {}),
    });
  }
  return reports;
}

/** A check that cannot tell runs, and says what is wrong. */
async function appliesSafely(check: Check, examination: Examination): Promise<boolean> {
  return await check.applies?.(examination).catch(() => true) ?? true;
}

async function runSafely(check: Check, examination: Examination): Promise<Finding> {
  try {
    return await check.run(examination);
  } catch (error) {
    return fail(`the check itself failed: ${explain(error)}`);
  }
}

async function repairSafely(check: Check, examination: Examination): Promise<string[]> {
  try {
    return await check.repair?.(examination) ?? [];
  } catch {
    // The check says what is still wrong.
    return [];
  }
}

function needsRepair({ status }: Finding): boolean {
  return status === "warn" || status === "fail";
}

const ICONS: Readonly<Record<Status, string>> = { pass: "✓", warn: "!", fail: "✗", skip: "-" };
const ID_COLUMNS = 25;

/** The reports for people: a title, a line a check, and how it ended. */
export function renderReports(reports: readonly CheckReport[], version: string): string[] {
  const failed = reports.filter(({ status }) => status === "fail").length;
  const warned = reports.filter(({ status }) => status === "warn").length;
  const warnings = warned === 0 ? "" : ` (${warned} ${warned === 1 ? "warning" : "warnings"})`;
  return [
    `sogni-agent doctor ${version}`,
    ...reports.flatMap(({ id, status, detail, fixed = [] }) => [
      `${ICONS[status]} ${id.padEnd(ID_COLUMNS)} ${detail}`,
      ...fixed.map((what) => `  ${"".padEnd(ID_COLUMNS)} fixed: ${what}`),
    ]),
    failed === 0
      ? `Healthy${warnings}.`
      : `Not healthy: ${failed} ${failed === 1 ? "check" : "checks"} failed${warnings}.`,
  ];
}
