/** Starts a program that lives on by itself: not waited for, no standard streams. */
import { isDeno } from "./runtime.ts";

/** How it is started. */
export interface DetachedOptions {
  cwd: string;
  /** Added to the environment. */
  env: Record<string, string>;
}

interface CommandConstructor {
  new (program: string, options: Record<string, unknown>): { spawn(): { unref(): void } };
}

/**
 * On Deno by its own call: loading `node:child_process` would take longer than the start. Detached,
 * although that forks and takes milliseconds: Deno ends every other child when it ends.
 *
 * @throws the system's error when the program cannot be started
 */
export async function spawnDetached(
  program: string,
  args: readonly string[],
  { cwd, env }: DetachedOptions,
): Promise<void> {
  if (isDeno) {
    const { Command } = (globalThis as unknown as { Deno: { Command: CommandConstructor } }).Deno;
    const stdio = { stdin: "null", stdout: "null", stderr: "null" };
    new Command(program, { args: [...args], cwd, env, ...stdio, detached: true }).spawn().unref();
    return;
  }
  const [{ spawn }, { default: process }] = await Promise.all([
    import("node:child_process"),
    import("node:process"),
  ]);
  const child = spawn(program, [...args], {
    cwd,
    env: { ...process.env, ...env },
    stdio: "ignore",
    detached: true,
    windowsHide: true,
  });
  child.on("error", () => {});
  child.unref();
}
