/** `sogni-agent completions <shell>`: a completion script, or the manual page, on stdout. */
import type { CompletionModel } from "../cli/completions/model.ts";
import { completionModel } from "../cli/completions/model.ts";
import { invalidArgument } from "../errors/app_error.ts";
import { VERSION } from "../platform/version.ts";
import { nearest } from "../text/nearest.ts";
import type { CommandRun } from "./context.ts";

const SCRIPTS: Readonly<Record<string, () => Promise<(model: CompletionModel) => string>>> = {
  bash: async () => (await import("../cli/completions/bash.ts")).bashCompletion,
  zsh: async () => (await import("../cli/completions/zsh.ts")).zshCompletion,
  fish: async () => (await import("../cli/completions/fish.ts")).fishCompletion,
  powershell: async () => (await import("../cli/completions/powershell.ts")).powershellCompletion,
  man: async () => {
    const { renderManPage } = await import("../cli/man_page.ts");
    return () => renderManPage(VERSION);
  },
};

const SYNONYMS: Readonly<Record<string, string>> = { pwsh: "powershell" };

/** Prints what was asked for. */
export const run: CommandRun = async ({ invocation, report }) => {
  const [given = ""] = invocation.words;
  const shell = SYNONYMS[given.toLowerCase()] ?? given.toLowerCase();
  const load = Object.hasOwn(SCRIPTS, shell) ? SCRIPTS[shell] : undefined;
  if (!load) throw unknownShell(given);
  const script = (await load())(completionModel());
  report.result({ success: true, type: "completions", shell, script }, script);
  return 0;
};

function unknownShell(given: string): Error {
  const shells = Object.keys(SCRIPTS);
  const meant = nearest(given.toLowerCase(), shells);
  return invalidArgument(
    given === ""
      ? "completions needs a shell."
      : `completions knows no shell ${JSON.stringify(given)}.`,
    { ...(given === "" ? {} : { value: given }), allowed: shells },
    `${meant ? `Did you mean ${meant}? ` : ""}Write one of: ${shells.join(", ")}. ` +
      "For bash: source <(sogni-agent completions bash)",
  );
}
