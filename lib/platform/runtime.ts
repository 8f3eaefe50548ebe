/** The few facts that differ between Deno and Node, and the only names of their globals. */

interface DenoGlobal {
  readonly version: { readonly deno: string };
  readonly build: { readonly standalone?: boolean };
  readonly args: string[];
}

interface ProcessGlobal {
  readonly argv: string[];
  readonly version: string;
}

const globals = globalThis as unknown as { Deno?: DenoGlobal; process?: ProcessGlobal };

/** True on Deno, also in the compiled executable. */
export const isDeno = globals.Deno !== undefined;

/** True in the compiled executable. */
export const isStandalone = globals.Deno?.build.standalone === true;

/** `deno 2.6.10` or `node v22.13.0`. */
export const runtimeName = globals.Deno
  ? `deno ${globals.Deno.version.deno}`
  : `node ${globals.process?.version ?? "unknown"}`;

/** The command line without the program's own name. */
export function commandLine(): string[] {
  return globals.Deno ? [...globals.Deno.args] : (globals.process?.argv.slice(2) ?? []);
}
