/** The command line that updates an installation. Pure. */
import type { SystemName } from "../platform/host.ts";
import type { Installed } from "./install_kind.ts";
import { PACKAGE_NAME } from "./package_name.ts";

/** A program and its arguments; no shell reads them. */
export interface UpdateCommand {
  readonly program: string;
  readonly args: readonly string[];
  /** As people would type it. */
  readonly text: string;
}

/** @returns `undefined` where no package manager is in charge (a lone executable, a checkout) */
export function updateCommand(
  { kind, name = "sogni-agent" }: Installed,
  system: SystemName,
): UpdateCommand | undefined {
  const words = WORDS[kind]?.(name);
  if (!words) return undefined;
  const [program = "", ...args] = words;
  const text = words.join(" ");
  // These managers are .cmd files there, which only cmd.exe can start; all the words are ours.
  return system === "windows" && program !== "bun"
    ? { program: "cmd.exe", args: ["/d", "/c", ...words], text }
    : { program, args, text };
}

const WORDS: Partial<Record<Installed["kind"], (name: string) => string[]>> = {
  npm: () => ["npm", "install", "-g", PACKAGE_NAME],
  pnpm: () => ["pnpm", "add", "-g", PACKAGE_NAME],
  yarn: () => ["yarn", "global", "add", PACKAGE_NAME],
  bun: () => ["bun", "add", "-g", PACKAGE_NAME],
  homebrew: (name) => ["brew", "upgrade", name],
  scoop: (name) => ["scoop", "update", name],
};
