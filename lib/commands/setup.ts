/** `sogni-agent setup`: installs the skill for the agents' runtimes of this machine. */
import { describeFailure } from "../cli/failure.ts";
import { reportFailure } from "../cli/report_failure.ts";
import { AppError } from "../errors/app_error.ts";
import { readSelf, type Self } from "../platform/self.ts";
import { effectiveUserId } from "../platform/user.ts";
import { VERSION } from "../platform/version.ts";
import { readSetupOptions, type SetupOptions } from "../setup/options.ts";
import { runtimePaths } from "../setup/runtime_paths.ts";
import { SETUP_HELP } from "../setup/help.ts";
import type { SetupReport, SetupRun } from "../setup/setup_run.ts";
import { summary } from "../setup/tables.ts";
import { statePaths } from "../store/paths.ts";
import { stripControl } from "../text/control.ts";
import type { CommandContext, CommandRun } from "./context.ts";

/** Wrong words end with 2, faults with the number of runtimes that failed. */
export const run: CommandRun = (context) => setup(context, readSelf(), effectiveUserId());

/** The same for a given program and user. */
export async function setup(
  context: CommandContext,
  self: Self,
  userId: number | undefined,
): Promise<number> {
  const { report, host, invocation } = context;
  try {
    const options = readSetupOptions(invocation.words);
    if (options.help) {
      host.write("stdout", SETUP_HELP);
      return 0;
    }
    const { install } = await import("../setup/install.ts");
    const { uninstall } = await import("../setup/uninstall.ts");
    const setupRun = prepare(context, options, self, userId);
    const done = await (options.uninstall || options.purge ? uninstall : install)(setupRun);
    return finish(context, setupRun, done);
  } catch (error) {
    const code = reportFailure(error, report, host.facts, context.failure);
    return error instanceof AppError && error.code === "INVALID_ARGUMENT" ? 2 : code;
  }
}

function prepare(
  { host, report }: CommandContext,
  options: SetupOptions,
  self: Self,
  userId: number | undefined,
): SetupRun {
  const { facts } = host;
  const say = (line: string) =>
    report.style.json ? report.note(line) : host.write("stdout", `${stripControl(line)}\n`);
  const ask = async (question: string, standard: boolean) => {
    const answer = await host.prompt(`${question} ${standard ? "[Y/n]" : "[y/N]"} `)
      .catch(() => "n");
    return answer.trim() === "" ? standard : /^y(?:es)?$/i.test(answer.trim());
  };
  return {
    host,
    self,
    version: VERSION,
    options,
    state: statePaths(facts),
    paths: runtimePaths(facts),
    skills: async () => (await import("../setup/skill_files.ts")).skillFiles(),
    say,
    ...(facts.terminal.stdinIsTerminal && !options.json ? { ask } : {}),
    sudo: userId === 0 && isSudo(facts.env),
  };
}

/** Root who was someone else before; plain root, as in containers, is nothing special. */
function isSudo(env: Readonly<Record<string, string>>): boolean {
  return (env.SUDO_USER ?? "root") !== "root" && /^[1-9]\d*$/.test(env.SUDO_UID ?? "");
}

function finish(context: CommandContext, { say, options }: SetupRun, done: SetupReport): number {
  const { report, host } = context;
  const failed = done.runtimes.filter(({ status }) => status === "failed");
  if (!report.style.json) {
    if (done.instructions !== undefined) say(done.instructions);
    for (const line of summary(done)) say(line);
  }
  const result = { type: "setup", ...done };
  if (failed.length === 0 || options.dryRun) {
    report.result({ success: true, ...result, timestamp: new Date().toISOString() }, []);
    return 0;
  }
  const error = new AppError(
    "SETUP_RUNTIME_FAILED",
    `Setup failed for: ${failed.map(({ label }) => label).join(", ")}.`,
    { hint: "The reasons are named for each runtime; repair them, then run setup again." },
  );
  const { object, lines } = describeFailure(error, {
    prompt: null,
    openclaw: report.style.openclaw,
    cwd: host.facts.cwd,
    runtime: host.facts.runtime,
    env: host.facts.env,
    now: new Date(),
  });
  report.failure({ ...object, ...result }, lines);
  return failed.length;
}
