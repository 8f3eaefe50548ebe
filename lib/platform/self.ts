/** How this program was started, so that it can be started again or replaced. */
import process from "node:process";
import { isDeno, isStandalone } from "./runtime.ts";

/** The running program. */
export interface Self {
  /** What runs: the compiled executable, Node, or Deno running the sources. */
  readonly form: "executable" | "node" | "source";
  /** File to start. */
  readonly program: string;
  /** Arguments that come before the user's. */
  readonly args: readonly string[];
  /** The executable, or the script as it was named. */
  readonly script: string;
  /** `linux-x64`, `darwin-arm64`, `windows-x64`, … */
  readonly target: string;
}

/** Facts about this process. */
export function readSelf(): Self {
  const program = process.execPath;
  const system = process.platform === "win32" ? "windows" : process.platform;
  const target = `${system}-${process.arch}`;
  if (isStandalone) return { form: "executable", program, args: [], script: program, target };
  const script = process.argv[1] ?? "";
  return isDeno
    ? { form: "source", program, args: ["run", "-P=cli", "--no-prompt", script], script, target }
    : { form: "node", program, args: [script], script, target };
}
