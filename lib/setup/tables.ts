/** What setup prints for people. Pure. */
import type { Detected } from "./detect.ts";
import { wantsChatGpt } from "./options.ts";
import type { RuntimeReport, SetupReport, SetupRun } from "./setup_run.ts";

/** The runtimes that were looked for, and what is there. */
export function detectionTable(
  { options, version, paths }: Pick<SetupRun, "options" | "version" | "paths">,
  detected: readonly Detected[],
): string[] {
  const rows = detected.map(({ runtime, plan }) => [
    plan ? "✓" : "✗",
    runtime.label,
    plan?.target ?? runtime.home(paths),
    describePlan(plan, version),
  ]);
  if (options.selected.includes("chatgpt")) {
    const text = wantsChatGpt(options) ? "instructions follow" : "on request: --only=chatgpt";
    rows.push(["i", "ChatGPT", "https://chatgpt.com/gpts/editor", text]);
  }
  return ["Detected runtimes", ...align(rows), ""];
}

/** What was done, and what comes next. */
export function summary(report: SetupReport): string[] {
  const rows = report.runtimes.map((row) => [
    row.label,
    statusText(row),
    row.path ?? "",
  ]);
  rows.push(["Program", report.cli.status, report.cli.command ?? report.cli.detail ?? ""]);
  if (report.credentials) {
    rows.push(["API key", CREDENTIALS[report.credentials.status], report.credentials.path]);
  }
  if (report.data) {
    rows.push(["Data", DATA[report.data.status] ?? "", report.data.backup ?? report.data.path]);
  }
  const details = report.runtimes.flatMap(({ label, notes, reason, status }) => [
    ...(reason === undefined || status === "skipped" && reason.startsWith("not")
      ? []
      : [`${label}: ${reason}.`]),
    ...notes.map((note) => `${label}: ${note}.`),
  ]);
  return [
    report.dryRun ? "Dry run: nothing was changed." : "Done.",
    ...align(rows),
    ...details,
    "",
    "Next steps",
    ...nextSteps(report).map((step) => `  ${step}`),
  ];
}

function describePlan(plan: Detected["plan"], version: string): string {
  if (!plan) return "not found";
  if (plan.refused !== undefined) return plan.refused;
  if (plan.installed === undefined) return "no skill installed";
  if (plan.installed !== version) return `v${plan.installed} → v${version}`;
  return plan.changes ? `v${version}, to be repaired` : `v${version}, up-to-date`;
}

function statusText({ status, version, previousVersion }: RuntimeReport): string {
  if (status === "upgraded") return `${status} ${previousVersion} → ${version}`;
  return status === "installed" || status === "up-to-date"
    ? `${status} ${version ?? ""}`.trim()
    : status;
}

const CREDENTIALS: Readonly<Record<NonNullable<SetupReport["credentials"]>["status"], string>> = {
  written: "saved",
  "would-ask": "would be asked for",
  "skipped-flag": "not asked for (--no-credentials)",
  "skipped-env": "SOGNI_API_KEY is used",
  "skipped-file": "already stored",
  "skipped-user": "not given; add it with: sogni-agent login",
  "skipped-chatgpt": "not needed for ChatGPT",
  "skipped-noninteractive": "not asked for (no terminal); add it with: sogni-agent login",
};

const DATA: Readonly<Record<string, string>> = {
  "not-found": "nothing stored",
  "would-purge": "would be backed up and removed",
  cancelled: "kept",
  purged: "removed; backed up to",
};

function nextSteps(report: SetupReport): string[] {
  const { action, runtimes, credentials, data } = report;
  if (report.dryRun) return ["Run the same line without --dry-run."];
  if (data?.status === "purged") {
    return ["The archive holds your API key: delete it when you do not need it any more."];
  }
  const restarts = [...new Set(runtimes.flatMap(({ next }) => next === undefined ? [] : [next]))];
  if (action !== "install") {
    return [...restarts.map(sentence), "Install it again with: npx setup-sogni-agent-skill"];
  }
  const hasKey = ["written", "skipped-env", "skipped-file"].includes(credentials?.status ?? "");
  if (credentials?.status === "skipped-chatgpt") {
    return [
      "Paste the text into the GPT editor; the API key goes into the action's authentication.",
    ];
  }
  return [
    ...restarts.map(sentence),
    ...(hasKey ? [] : ["Add your API key: sogni-agent login (made at https://dashboard.sogni.ai)"]),
    "Check it: sogni-agent doctor",
    'Then ask your agent: "make a picture of a lighthouse with sogni-agent"',
  ];
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function align(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, at) => widths[at] = Math.max(widths[at] ?? 0, cell.length));
  }
  return rows.map((row) =>
    `  ${row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join("  ")}`.trimEnd()
  );
}
