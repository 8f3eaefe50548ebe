/** Installs or updates the skill in every selected runtime that is here. */
import { resolve } from "node:path";
import { AppError } from "../errors/app_error.ts";
import { applyCli, type CliPlan, commandLine, planCliInstall } from "./cli_step.ts";
import { stepCredentials } from "./credentials_step.ts";
import { detect, type Detected } from "./detect.ts";
import { stepFfmpeg } from "./ffmpeg_step.ts";
import { needsYes, sudoRefused } from "./refusals.ts";
import { wantsChatGpt } from "./options.ts";
import type { RuntimeStatus } from "./runtimes/runtime.ts";
import { carryOut, type RuntimeReport, type SetupReport, type SetupRun } from "./setup_run.ts";
import { detectionTable } from "./tables.ts";

/** @throws AppError SETUP_NO_RUNTIME, SETUP_NPM_FAILED, USER_CANCELLED, INVALID_ARGUMENT */
export async function install(run: SetupRun): Promise<SetupReport> {
  const { host, options, self, say } = run;
  const chatgptOnly = options.selected.every((name) => name === "chatgpt");
  const cli: CliPlan = chatgptOnly
    ? { action: "none", reason: "not needed for ChatGPT" }
    : planCliInstall(host, self, options);
  const cliComes = cli.action === "install";
  if (run.sudo && !options.dryRun) return await installAsRoot(run, cli);
  const detected = await detect(run, "planInstall", cliComes ? "comes" : "unchanged");
  for (const line of detectionTable(run, detected)) say(line);
  const present = detected.filter(({ plan }) => plan !== undefined);
  if (options.dryRun) return dryReport(run, cli, detected);
  if (present.length === 0 && options.explicit && !wantsChatGpt(options)) throw noRuntime(detected);
  if (present.length === 0 && !wantsChatGpt(options)) {
    say("No runtime for agents was found here. Start yours once, then run setup again.");
    say("For ChatGPT: sogni-agent setup --only=chatgpt");
  }
  await confirm(run, present, cliComes);
  if (cliComes) await applyCli(host, cli, commandLine(self, options), say);
  const ask = options.yes || !run.ask ? undefined : run.ask;
  const ffmpeg = chatgptOnly
    ? "not-checked"
    : await stepFfmpeg(host, ask && ((question) => ask(question, true)), say);
  // With the program in place the entry of the MCP server can name it.
  const final = cliComes ? await detect(run, "planInstall", "came") : detected;
  const runtimes: RuntimeReport[] = [];
  for (const each of final) runtimes.push(await installOne(run, each));
  const chatgpt = await serveChatGpt(run);
  if (chatgpt) runtimes.push(chatgpt.row);
  const credentials = chatgptOnly
    ? "skipped-chatgpt"
    : await stepCredentials(host, run.state, keyRequest(run), say);
  return {
    action: "install",
    dryRun: false,
    version: run.version,
    cli: cliReport(cli, "installed"),
    runtimes,
    credentials: { status: credentials, path: run.state.credentials },
    ffmpeg,
    ...(chatgpt?.text === undefined ? {} : { instructions: chatgpt.text }),
  };
}

/** As root by way of sudo only the program is installed; the rest belongs to the user. */
async function installAsRoot(run: SetupRun, cli: CliPlan): Promise<SetupReport> {
  const { host, options, self, say } = run;
  if (cli.action !== "install") throw sudoRefused(commandLine(self, options));
  await applyCli(host, cli, commandLine(self, options), say);
  const words = options.words.filter((word) => !/^--(?:install-cli|version)(?:=|$)/.test(word));
  say(`Now run this without sudo: ${["sogni-agent", "setup", ...words].join(" ")}`);
  return {
    action: "install",
    dryRun: false,
    version: run.version,
    cli: cliReport(cli, "installed"),
    runtimes: [],
  };
}

async function confirm(
  { options, ask }: SetupRun,
  present: readonly Detected[],
  cliComes: boolean,
): Promise<void> {
  const labels = present.filter(({ plan }) => plan?.changes && plan.refused === undefined)
    .map(({ runtime }) => runtime.label);
  if (options.yes || (labels.length === 0 && !cliComes)) return;
  const what = [...(cliComes ? ["the sogni-agent program"] : []), ...labels].join(", ");
  if (!ask) throw needsYes();
  if (!await ask(`Install for: ${what}?`, true)) {
    throw new AppError("USER_CANCELLED", "Aborted; nothing was changed.");
  }
}

async function installOne(run: SetupRun, { runtime, plan }: Detected): Promise<RuntimeReport> {
  const row = { runtime: runtime.name, label: runtime.label, restart: runtime.restart };
  if (!plan) return missing(run, runtime);
  return await carryOut(row, plan, statusOf(run, plan.installed), run.version);
}

function statusOf({ version }: SetupRun, installed: string | undefined): RuntimeStatus {
  if (installed === undefined) return "installed";
  return installed === version ? "repaired" : "upgraded";
}

function missing(run: SetupRun, runtime: Detected["runtime"]): RuntimeReport {
  return {
    runtime: runtime.name,
    label: runtime.label,
    path: runtime.home(run.paths),
    status: "skipped",
    reason: "not found; start it once, so that its folder exists",
    notes: [],
  };
}

async function serveChatGpt(
  { options, host, skills, version }: SetupRun,
): Promise<{ row: RuntimeReport; text?: string } | undefined> {
  if (!wantsChatGpt(options)) return undefined;
  const base = { runtime: "chatgpt", label: "ChatGPT", version, notes: [] } as const;
  const { chatgpt } = await skills();
  if (options.chatgptFile === undefined) {
    return { row: { ...base, path: null, status: "instructions" }, text: chatgpt };
  }
  const path = resolve(host.facts.cwd, options.chatgptFile);
  try {
    await host.files.writeAtomic(path, chatgpt);
    return { row: { ...base, path, status: "instructions" } };
  } catch (error) {
    const reason = `the text could not be written: ${(error as Error).message}`;
    return { row: { ...base, path, status: "failed", reason } };
  }
}

async function dryReport(
  run: SetupRun,
  cli: CliPlan,
  detected: readonly Detected[],
): Promise<SetupReport> {
  const runtimes = detected.map(({ runtime, plan }): RuntimeReport => {
    if (!plan) return missing(run, runtime);
    const { target: path, installed, notes, refused, faulty } = plan;
    const base = { runtime: runtime.name, label: runtime.label, path, notes, version: run.version };
    const previous = installed === undefined ? {} : { previousVersion: installed };
    if (refused !== undefined) {
      return { ...base, ...previous, status: faulty ? "failed" : "skipped", reason: refused };
    }
    return { ...base, ...previous, status: plan.changes ? "would-install" : "up-to-date" };
  });
  if (wantsChatGpt(run.options)) {
    runtimes.push({
      runtime: "chatgpt",
      label: "ChatGPT",
      path: run.options.chatgptFile ?? null,
      status: "would-print",
      notes: [],
    });
  }
  const status = await stepCredentials(run.host, run.state, keyRequest(run), run.say);
  return {
    action: "install",
    dryRun: true,
    version: run.version,
    cli: cliReport(cli, "would-install"),
    runtimes,
    credentials: { status, path: run.state.credentials },
  };
}

function keyRequest({ options, ask }: SetupRun) {
  return {
    wanted: options.credentials,
    dryRun: options.dryRun,
    fromStdin: options.keyFromStdin,
    interactive: ask !== undefined,
  };
}

function cliReport({ action, command, reason }: CliPlan, done: string): SetupReport["cli"] {
  return {
    status: action === "none" ? "skipped" : done,
    ...(command === undefined ? {} : { command }),
    ...(reason === undefined ? {} : { detail: reason }),
  };
}

function noRuntime(detected: readonly Detected[]): AppError {
  const names = detected.map(({ runtime }) => runtime.label).join(", ");
  return new AppError("SETUP_NO_RUNTIME", `Not found here: ${names}.`, {
    details: { runtimes: detected.map(({ runtime }) => runtime.name) },
    hint: "Start the runtime once, so that its folder exists, then run setup again.",
  });
}
