/** Lets a package manager update the program, and looks at what came of it. */
import { AppError } from "../errors/app_error.ts";
import type { Host, RunResult } from "../platform/host.ts";
import { stripControl } from "../text/control.ts";
import type { InstallKind } from "./install_kind.ts";
import type { UpdateCommand } from "./update_command.ts";

type Machine = Pick<Host, "run" | "write" | "facts">;

/**
 * Runs the command; what it says is passed on as it comes.
 *
 * @param outputTo where its standard output goes
 * @throws AppError SELF_UPDATE_FAILED; its details hold the manager's `exitCode` where it had one
 */
export async function runManager(
  host: Machine,
  kind: InstallKind,
  command: UpdateCommand,
  outputTo: "stdout" | "stderr",
): Promise<void> {
  const pass = (stream: "stdout" | "stderr") => (line: string) =>
    host.write(stream, `${stripControl(line)}\n`);
  let result: RunResult;
  try {
    result = await host.run(command.program, command.args, {
      onStdoutLine: pass(outputTo),
      onStderrLine: pass("stderr"),
    });
  } catch (error) {
    throw new AppError("SELF_UPDATE_FAILED", `${command.program} could not be started.`, {
      details: { command: command.text },
      hint: `Make sure that it is on PATH, then run: ${command.text}`,
      cause: error,
    });
  }
  if (result.code !== 0 || result.signal) throw ended(kind, command, result, host);
}

function ended(
  kind: InstallKind,
  { text }: UpdateCommand,
  { code, signal, stdout, stderr }: RunResult,
  { facts }: Machine,
): AppError {
  const said = new TextDecoder().decode(stdout) + stderr;
  const denied = /\bEACCES\b|\bEPERM\b|permission denied|access is denied/i.test(said);
  const how = signal ? `was ended by ${signal}` : `ended with exit code ${code}`;
  const isPackage = kind !== "homebrew" && kind !== "scoop";
  const hint = isPackage && (kind === "npm" || denied)
    ? permissionHint(text, facts.system === "windows")
    : `See what it said above, then run: ${text}`;
  return new AppError("SELF_UPDATE_FAILED", `${text} ${how}.`, {
    details: { command: text, ...(signal ? { signalOfManager: signal } : { exitCode: code }) },
    hint,
  });
}

function permissionHint(text: string, windows: boolean): string {
  const again = windows ? "run it in a terminal as Administrator" : `run: sudo ${text}`;
  return `If permission was denied, ${again}. Or install Node with a version manager, so that ` +
    "global packages are yours.";
}

/** The version that a program says it has; `undefined` when it cannot be found out. */
export async function versionOf(
  host: Pick<Host, "run">,
  program: string,
  args: readonly string[],
): Promise<string | undefined> {
  try {
    const all = [...args, "--version", "--no-update-check"];
    const { code, stdout } = await host.run(program, all, { timeoutMs: 30_000 });
    const said = new TextDecoder().decode(stdout).trim();
    return code === 0 && /^\d+\.\d+\.\d+/.test(said) ? said : undefined;
  } catch {
    return undefined;
  }
}
