/** `sogni-agent self-update`: updates the program by whatever installed it. */
import { reportFailure } from "../cli/report_failure.ts";
import { AppError } from "../errors/app_error.ts";
import { readSelf, type Self } from "../platform/self.ts";
import { resolvedPath } from "../platform/small_file.ts";
import { VERSION } from "../platform/version.ts";
import { type Installed, installKind } from "../setup/install_kind.ts";
import { updateCommand } from "../setup/update_command.ts";
import { statePaths } from "../store/paths.ts";
import type { CommandContext, CommandRun } from "./context.ts";

/** Updates, forgets the recorded check, and says what comes next. */
export const run: CommandRun = (context) => selfUpdate(context, readSelf());

/**
 * The same for a given program.
 *
 * @returns 0, or the exit code of a package manager that failed
 */
export async function selfUpdate(context: CommandContext, self: Self): Promise<number> {
  const { host, report } = context;
  const installed = installKind({
    form: self.form,
    paths: [self.script, resolvedPath(self.script)],
    userAgent: host.facts.env.npm_config_user_agent,
  });
  try {
    const to = installed.kind === "binary"
      ? await updateExecutable(context, self)
      : await updateByManager(context, self, installed);
    await host.files.remove(statePaths({ ...host.facts, env: {} }).updateCheck).catch(() => {});
    sayWhatIsNext(context, to);
    const timestamp = new Date().toISOString();
    const updated = to === undefined ? null : to !== VERSION;
    const { kind } = installed;
    report.result(
      {
        success: true,
        type: "self-update",
        kind,
        from: VERSION,
        to: to ?? null,
        updated,
        timestamp,
      },
      [],
    );
    return 0;
  } catch (error) {
    const exitCode = error instanceof AppError ? error.details?.exitCode : undefined;
    const code = reportFailure(error, report, host.facts, context.failure);
    return typeof exitCode === "number" && exitCode > 0 ? exitCode : code;
  }
}

async function updateExecutable({ host, report }: CommandContext, self: Self): Promise<string> {
  const { installRelease } = await import("../setup/install_release.ts");
  const { RELEASE_BASE_URL, RELEASE_PUBLIC_KEY } = await import("../setup/release_channel.ts");
  const { version } = await installRelease(host, {
    program: resolvedPath(self.program),
    target: self.target,
    running: VERSION,
    baseUrl: RELEASE_BASE_URL,
    publicKey: RELEASE_PUBLIC_KEY,
    onStep: (text) => report.important(text),
  });
  return version;
}

async function updateByManager(
  { host, report }: CommandContext,
  self: Self,
  installed: Installed,
): Promise<string | undefined> {
  const { runManager, versionOf } = await import("../setup/run_manager.ts");
  const command = updateCommand(installed, host.facts.system);
  if (!command) {
    throw new AppError("SELF_UPDATE_UNAVAILABLE", "This is a checkout of the sources.", {
      details: { kind: installed.kind },
      hint: "Update it with: git pull --ff-only",
    });
  }
  report.important(`Running: ${command.text}`);
  await runManager(host, installed.kind, command, report.style.json ? "stderr" : "stdout");
  // Homebrew and Scoop put the new version into another folder.
  return installed.kind === "homebrew" || installed.kind === "scoop"
    ? await versionOf(host, "sogni-agent", [])
    : await versionOf(host, self.program, self.args);
}

function sayWhatIsNext({ report }: CommandContext, to: string | undefined): void {
  report.important(
    to === VERSION
      ? `The version in place is ${VERSION}, as before.`
      : `Updated from ${VERSION}${to === undefined ? "" : ` to ${to}`}.`,
  );
  report.important(`See what is new: sogni-agent --whats-new ${VERSION}`);
  report.important("Skill folders that were copied are not refreshed: run sogni-agent setup.");
}
