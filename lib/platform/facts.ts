/** Reads the facts of this process once, at start-up. */
import { tmpdir } from "node:os";
import process from "node:process";
import type { HostFacts, SystemName } from "./host.ts";
import { isStandalone, runtimeName } from "./runtime.ts";

/** Facts about the machine, the terminal and the environment. */
export function readFacts(): HostFacts {
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (value !== undefined) env[name] = value;
  }
  const system = systemName(process.platform);
  return {
    system,
    cwd: process.cwd(),
    home: (system === "windows" ? env.USERPROFILE ?? env.HOME : env.HOME) ?? "",
    tempDir: tmpdir(),
    pid: process.pid,
    runtime: runtimeName,
    standalone: isStandalone,
    env,
    terminal: {
      stdinIsTerminal: process.stdin.isTTY === true,
      stdoutIsTerminal: process.stdout.isTTY === true,
      stderrIsTerminal: process.stderr.isTTY === true,
      columns: process.stderr.columns || process.stdout.columns || Number(env.COLUMNS) || 80,
    },
  };
}

function systemName(platform: string): SystemName {
  if (platform === "win32") return "windows";
  return platform === "darwin" ? "darwin" : "linux";
}
