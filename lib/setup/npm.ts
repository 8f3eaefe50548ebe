/** The few things that setup asks npm for. */
import { AppError } from "../errors/app_error.ts";
import type { Host, RunResult } from "../platform/host.ts";
import { stripControl } from "../text/control.ts";

type Machine = Pick<Host, "run" | "facts">;

const ROOT_TIMEOUT_MS = 20_000;

/**
 * Runs npm. It is a `.cmd` file on Windows, which only cmd.exe can start; all the words are ours.
 *
 * @param onLine hears what it says
 * @throws AppError SETUP_NPM_FAILED; `details.denied` tells that rights were missing
 */
export async function runNpm(
  host: Machine,
  args: readonly string[],
  onLine?: (line: string) => void,
  timeoutMs?: number,
): Promise<string> {
  const line = `npm ${args.join(" ")}`;
  const windows = host.facts.system === "windows";
  let result: RunResult;
  try {
    result = await host.run(
      windows ? "cmd.exe" : "npm",
      windows ? ["/d", "/c", "npm", ...args] : args,
      {
        ...(onLine ? { onStdoutLine: onLine, onStderrLine: onLine } : {}),
        ...(timeoutMs === undefined ? {} : { timeoutMs }),
      },
    );
  } catch (error) {
    throw new AppError("SETUP_NPM_FAILED", `${line} could not be started: npm was not found.`, {
      details: { command: line, denied: false },
      hint: "Install Node.js from https://nodejs.org (npm comes with it), then run setup again.",
      cause: error,
    });
  }
  const stdout = new TextDecoder().decode(result.stdout);
  if (result.code === 0) return stdout.trim();
  throw failed(line, result, `${stdout}\n${result.stderr}`);
}

/** Folder of the global packages; `undefined` when npm cannot tell. */
export async function npmRoot(host: Machine): Promise<string | undefined> {
  const given = host.facts.env.SOGNI_TEST_NPM_ROOT;
  if (given) return given;
  const root = await runNpm(host, ["root", "-g"], undefined, ROOT_TIMEOUT_MS).catch(() => "");
  return root === "" ? undefined : root;
}

function failed(line: string, { code, signal }: RunResult, said: string): AppError {
  const denied = /\bEACCES\b|\bEPERM\b|permission denied|operation not permitted/i.test(said);
  const last = said.trim().split("\n").slice(-4).map((text) => stripControl(text)).join(" | ");
  const how = signal ? `was ended by ${signal}` : `ended with exit code ${code}`;
  return new AppError(
    "SETUP_NPM_FAILED",
    denied
      ? `${line} was not permitted: the folder of global packages is not yours.`
      : `${line} ${how}.`,
    { details: { command: line, exitCode: code, denied, said: last } },
  );
}
