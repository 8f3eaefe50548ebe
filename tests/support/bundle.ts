/** Builds the bundle that users get, for tests that look into it. */
import { spawn } from "node:child_process";
import * as fs from "node:fs/promises";
import process from "node:process";
import { ROOT } from "./agent.ts";

/** Builds the bundle into `folder`. @returns the files that hold code of npm packages */
export async function buildBundle(folder: string): Promise<string[]> {
  const { code, output } = await runProgram(process.execPath, [
    ...["run", "-P=build", "--no-prompt", "scripts/build.ts", folder],
  ]);
  if (code !== 0) throw new Error(`the build ended with ${code}:\n${output}`);
  const { outputs } = JSON.parse(await fs.readFile(`${folder}.meta.json`, "utf8")) as {
    outputs: Record<string, { inputs: Record<string, unknown> }>;
  };
  return Object.entries(outputs).flatMap(([file, { inputs }]) =>
    Object.keys(inputs).some((input) => input.includes("node_modules"))
      ? [file.slice(file.lastIndexOf("/") + 1)]
      : []
  );
}

/** Runs a program in the project's folder to its end; both of its outputs come as one text. */
export function runProgram(
  program: string,
  args: readonly string[],
  options: { env?: Record<string, string>; cwd?: string } = {},
): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: options.cwd ?? ROOT,
      env: { ...process.env, ...options.env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => output += text);
    }
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, output }));
  });
}
