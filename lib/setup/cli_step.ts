/** Installs or removes the program itself, where setup was started from a passing copy of it. */
import { AppError } from "../errors/app_error.ts";
import type { Host } from "../platform/host.ts";
import type { Self } from "../platform/self.ts";
import { type Installed, installKind } from "./install_kind.ts";
import { npmRoot, runNpm } from "./npm.ts";
import type { SetupOptions } from "./options.ts";
import { PACKAGE_NAME } from "./package_name.ts";
import { isPassing } from "./self_place.ts";

/** What is done about the program. */
export interface CliPlan {
  readonly action: "install" | "remove" | "none";
  /** As people would type it. */
  readonly command?: string;
  /** Why nothing is done. */
  readonly reason?: string;
}

type Machine = Pick<Host, "run" | "facts" | "files">;

/** A copy that lies somewhere for good needs no installation, unless it is asked for. */
export function planCliInstall(
  { facts }: Pick<Host, "facts">,
  self: Self,
  options: SetupOptions,
): CliPlan {
  if (facts.env.INSTALL_CLI === "skip") return { action: "none", reason: "skipped (INSTALL_CLI)" };
  if (!options.installCli && !isPassing(self)) {
    return { action: "none", reason: `installed (${self.script})` };
  }
  const wanted = `${PACKAGE_NAME}@${options.version ?? "latest"}`;
  return { action: "install", command: `npm install -g ${wanted}` };
}

/** The package goes by npm; a lone executable is left for its owner to delete. */
export async function planCliRemoval(
  host: Machine,
  self: Self,
): Promise<CliPlan> {
  if (host.facts.env.INSTALL_CLI === "skip") {
    return { action: "none", reason: "skipped (INSTALL_CLI)" };
  }
  const { kind, name = "sogni-agent" } = placeOf(host, self);
  const command = REMOVAL[kind]?.(name);
  if (command !== undefined && kind !== "npm") return { action: "none", reason: `run: ${command}` };
  const root = await npmRoot(host);
  const isGlobal = root !== undefined && await host.files.stat(`${root}/${PACKAGE_NAME}`);
  if (isGlobal || isPassing(self)) return { action: "remove", command: REMOVAL.npm?.("") ?? "" };
  return {
    action: "none",
    reason: kind === "source" ? "this is a checkout; delete its folder" : `delete ${self.script}`,
  };
}

/**
 * Runs the plan's command.
 *
 * @param again the command line of setup, for running it with more rights
 * @throws AppError SETUP_NPM_FAILED
 */
export async function applyCli(
  host: Machine,
  { command = "" }: CliPlan,
  again: string,
  onLine: (line: string) => void,
): Promise<void> {
  try {
    await runNpm(host, command.split(" ").slice(1), onLine);
  } catch (error) {
    if (!(error instanceof AppError) || error.details?.denied !== true) throw error;
    throw new AppError(error.code, error.message, {
      details: error.details,
      hint: host.facts.system === "windows"
        ? `Nothing was changed. Open a terminal as Administrator and run: ${again}`
        : `Nothing was changed. Either run: sudo ${again} - or give npm a folder of your own, see ` +
          "https://docs.npmjs.com/resolving-eacces-permissions-errors-when-installing-packages-globally",
      cause: error,
    });
  }
}

/** The line that started setup, to be run again; the words are quoted for a shell. */
export function commandLine(self: Self, options: SetupOptions): string {
  const words = options.words.filter((word) => word !== "--install-cli").map(quote);
  const start = isPassing(self) || options.words.includes("--install-cli")
    ? ["npx", "setup-sogni-agent-skill"]
    : ["sogni-agent", "setup"];
  return [...start, ...words].join(" ");
}

function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

function placeOf({ facts }: Pick<Host, "facts">, self: Self): Installed {
  const userAgent = facts.env.npm_config_user_agent;
  return installKind({ form: self.form, paths: [self.script], userAgent });
}

const REMOVAL: Partial<Record<Installed["kind"], (name: string) => string>> = {
  npm: () => `npm uninstall -g ${PACKAGE_NAME}`,
  pnpm: () => `pnpm remove -g ${PACKAGE_NAME}`,
  yarn: () => `yarn global remove ${PACKAGE_NAME}`,
  bun: () => `bun remove -g ${PACKAGE_NAME}`,
  homebrew: (name) => `brew uninstall ${name}`,
  scoop: (name) => `scoop uninstall ${name}`,
};
