/** Tries everything that a worker may or may not do by itself. */
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";

/** What is tried. */
export interface ReachTargets {
  /** A file that exists. */
  file: string;
  /** A program that exists. */
  program: string;
  /** A URL that answers. */
  allowedUrl: string;
  /** A URL on a host that was not granted. */
  otherUrl: string;
}

/** What came of each attempt: `done`, or the name of the error. */
export type Reach = Record<string, string>;

interface DenoGlobal {
  readTextFile(path: string): Promise<string>;
  env: { get(name: string): string | undefined };
  hostname(): string;
  Command: new (program: string, options: { args: string[] }) => { output(): Promise<unknown> };
  errors: { NotCapable: new (message: string) => Error };
}

/** Makes every attempt. */
export async function reachOut(targets: ReachTargets): Promise<Reach> {
  const { Deno } = globalThis as unknown as { Deno: DenoGlobal };
  const { file, program, allowedUrl, otherUrl } = targets;
  const fetched = async (url: string) => await (await fetch(url)).body?.cancel();
  const attempts: Record<string, () => unknown> = {
    read: () => Deno.readTextFile(file),
    readByNode: () => readFileSync(file),
    write: () => writeFileSync(file, ""),
    env: () => Deno.env.get("HOME"),
    sys: () => Deno.hostname(),
    run: () => new Deno.Command(program, { args: ["--version"] }).output(),
    runByNode: () => {
      const { error, status } = spawnSync(program, ["--version"]);
      if (error) throw error;
      // Deno may refuse without an error: then there is no status.
      if (typeof status !== "number") throw new Deno.errors.NotCapable("not started");
    },
    fetchAllowed: () => fetched(allowedUrl),
    fetchOther: () => fetched(otherUrl),
  };
  const reach: Reach = {};
  for (const [name, attempt] of Object.entries(attempts)) {
    try {
      await attempt();
      reach[name] = "done";
    } catch (error) {
      reach[name] = error instanceof Error ? error.name : String(error);
    }
  }
  return reach;
}
