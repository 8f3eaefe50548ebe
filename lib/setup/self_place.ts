/** Where this program lies, and how others can start it for good. */
import { basename } from "node:path";
import type { Host } from "../platform/host.ts";
import type { Self } from "../platform/self.ts";
import { findOnPath } from "./find_on_path.ts";
import { PACKAGE_NAME } from "./package_name.ts";
import type { Launch } from "./runtimes/runtime.ts";

type Machine = Pick<Host, "files" | "facts">;

/** Whether it was fetched for this one run: npx and its like empty their folders at times. */
export function isPassing(self: Self): boolean {
  return self.form !== "executable" &&
    /[\\/](?:_npx|dlx-?[^\\/]*|bunx-[^\\/]*)[\\/]/.test(self.script);
}

/**
 * What a runtime has to start.
 *
 * @param npmRoot folder of global packages, where it is known
 * @returns `undefined` when there is only the passing copy
 */
export async function launchOf(
  { files, facts }: Machine,
  self: Self,
  npmRoot: string | undefined,
): Promise<Launch | undefined> {
  if (self.form === "executable") {
    return { command: await lastingPath({ files, facts }, self.program), args: [] };
  }
  const script = npmRoot && `${npmRoot}/${PACKAGE_NAME}/bin/sogni-agent.mjs`;
  if (script && self.form === "node" && await files.stat(script)) {
    return { command: self.program, args: [script] };
  }
  return isPassing(self) ? undefined : { command: self.program, args: self.args };
}

/** A package manager's link stays where it is when the version in the path behind it changes. */
async function lastingPath({ files, facts }: Machine, program: string): Promise<string> {
  const found = await findOnPath({ files, facts }, basename(program).replace(/\.exe$/i, ""));
  if (found === undefined) return program;
  const real = (path: string) => files.realPath(path).catch(() => path);
  return await real(found) === await real(program) ? found : program;
}
