/** Offers to install ffmpeg, which film and sound work needs. Never a failure of setup. */
import { findFfmpeg } from "../media/ffmpeg/find.ts";
import type { Host } from "../platform/host.ts";
import { stripControl } from "../text/control.ts";

/** What came of it. */
export type FfmpegStatus = "found" | "installed" | "recommended" | "not-checked";

/** A package manager that has ffmpeg. */
interface Manager {
  readonly name: string;
  readonly command: readonly string[];
}

const MANAGERS: Readonly<Record<Host["facts"]["system"], readonly Manager[]>> = {
  darwin: [{ name: "brew", command: ["brew", "install", "ffmpeg"] }],
  windows: [{
    name: "winget",
    command: ["winget", "install", "--id", "Gyan.FFmpeg", "-e", "--source", "winget"],
  }],
  linux: [
    { name: "apt-get", command: ["sudo", "apt-get", "install", "-y", "ffmpeg"] },
    { name: "dnf", command: ["sudo", "dnf", "install", "-y", "ffmpeg"] },
    { name: "pacman", command: ["sudo", "pacman", "-S", "--noconfirm", "ffmpeg"] },
  ],
};

const ADVICE = [
  "ffmpeg was not found. Pictures and most videos do without; joining, cutting and sound need it.",
  "  macOS: brew install ffmpeg   Debian, Ubuntu: sudo apt-get install -y ffmpeg",
  "  Windows: winget install --id Gyan.FFmpeg -e   Then open a new terminal.",
];

/**
 * @param ask asks a yes-or-no question; absent where nobody can be asked
 * @param say tells people
 */
export async function stepFfmpeg(
  host: Host,
  ask: ((question: string) => Promise<boolean>) | undefined,
  say: (line: string) => void,
): Promise<FfmpegStatus> {
  if (await hasFfmpeg(host)) return "found";
  const manager = ask && await firstManager(host);
  if (ask && manager && await ask(`ffmpeg was not found. Install it with ${manager.name}?`)) {
    if (await install(host, manager, say)) return "installed";
  }
  for (const line of ADVICE) say(line);
  return "recommended";
}

async function hasFfmpeg(host: Host): Promise<boolean> {
  if (host.facts.env.SOGNI_TEST_SKIP_FFMPEG_CHECK === "1") return true;
  return await findFfmpeg(host, "films").then(() => true, () => false);
}

async function firstManager(host: Host): Promise<Manager | undefined> {
  for (const manager of MANAGERS[host.facts.system]) {
    const works = await host.run(manager.name, ["--version"], { timeoutMs: 10_000 })
      .then(({ code }) => code === 0, () => false);
    if (works) return manager;
  }
  return undefined;
}

async function install(
  host: Host,
  { command, name }: Manager,
  say: (line: string) => void,
): Promise<boolean> {
  const [program = "", ...args] = command;
  const onLine = (line: string) => say(stripControl(line));
  const done = await host.run(program, args, { onStdoutLine: onLine, onStderrLine: onLine })
    .then(({ code }) => code === 0, () => false);
  if (done && await hasFfmpeg(host)) return true;
  say(
    done
      ? `${name} is done, but this terminal does not see ffmpeg yet: open a new one.`
      : `${command.join(" ")} did not work.`,
  );
  return false;
}
