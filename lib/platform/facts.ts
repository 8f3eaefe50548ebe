/** Reads the facts of this process once, at start-up. */
import { tmpdir, userInfo } from "node:os";
import { isAbsolute, join, resolve, sep } from "node:path";
import process from "node:process";
import { isatty } from "node:tty";
import type { HostFacts, SystemName, TerminalInfo } from "./host.ts";
import { isStandalone, runtimeName } from "./runtime.ts";
import { isThere } from "./small_file.ts";

/** Facts about the machine, the terminal and the environment. */
export function readFacts(): HostFacts {
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (value !== undefined) env[name] = value;
  }
  const system = systemName(process.platform);
  const cwd = process.cwd();
  const home = homeFolder(system === "windows" ? env.USERPROFILE || env.HOME : env.HOME, cwd);
  const stateFolder = otherStateFolder(home, env);
  return {
    system,
    cwd,
    home,
    ...(stateFolder === undefined ? {} : { stateFolder }),
    tempDir: tmpdir(),
    pid: process.pid,
    runtime: runtimeName,
    standalone: isStandalone,
    env,
    terminal: readTerminal(env),
  };
}

/**
 * The home folder, always absolute: without one, state would be looked for in the folder that a
 * command happens to run in, which may hold the files of a stranger.
 *
 * @param given what the environment says; nothing or empty asks the system whose process this is
 * @param ask answers with the system's knowledge; throws where it has none
 */
export function homeFolder(
  given: string | undefined,
  cwd: string,
  ask: () => string = () => userInfo().homedir,
): string {
  if (given) return resolve(cwd, given);
  try {
    return resolve("/", ask());
  } catch {
    return resolve("/");
  }
}

/**
 * `$XDG_CONFIG_HOME/sogni` for those who keep their settings elsewhere, unless the usual folder is
 * there already: what an earlier version wrote is never lost from sight. A folder outside of the
 * home folder is not taken: a home of its own, as tests and sandboxes give, is to hold everything.
 */
export function otherStateFolder(
  home: string,
  env: Readonly<Record<string, string>>,
): string | undefined {
  const configHome = env.XDG_CONFIG_HOME ?? "";
  if (!isAbsolute(configHome) || !resolve(configHome).startsWith(resolve(home) + sep)) {
    return undefined;
  }
  if (isThere(join(home, ".config", "sogni"))) return undefined;
  return join(configHome, "sogni");
}

function readTerminal(env: Readonly<Record<string, string>>): TerminalInfo {
  const stdoutIsTerminal = isatty(1);
  const stderrIsTerminal = isatty(2);
  // Asking a stream for its width builds the whole stream, so only a terminal is asked.
  const columns = (stderrIsTerminal && process.stderr.columns) ||
    (stdoutIsTerminal && process.stdout.columns) || Number(env.COLUMNS) || 80;
  return { stdinIsTerminal: isatty(0), stdoutIsTerminal, stderrIsTerminal, columns };
}

function systemName(platform: string): SystemName {
  if (platform === "win32") return "windows";
  return platform === "darwin" ? "darwin" : "linux";
}
