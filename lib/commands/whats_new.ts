/** `--whats-new [version]`: the changelog of this version, or of all since an older one. */
import { AppError } from "../errors/app_error.ts";
import { VERSION } from "../platform/version.ts";
import { parseChangelog, selectEntries } from "../text/changelog.ts";
import { stripControl } from "../text/control.ts";
import type { CommandRun } from "./context.ts";

/** Prints the entries as text, with `--json` too: that is the contract. */
export const run: CommandRun = async ({ invocation, host }) => {
  // Part of the bundle, so that the executable has it.
  const { default: changelog } = await import("../../CHANGELOG.md", { with: { type: "text" } });
  const since = typeof invocation.options.whatsNew === "string"
    ? invocation.options.whatsNew
    : undefined;
  const entries = selectEntries(parseChangelog(changelog), VERSION, since);
  if (entries.length === 0) throw nothingNew(since);
  const text = entries.map(({ heading, body }) => `${heading}\n\n${body}\n`).join("\n");
  host.write("stdout", stripControl(text));
  return 0;
};

function nothingNew(since: string | undefined): AppError {
  const details = since === undefined ? {} : { since };
  return new AppError(
    "NO_RELEASE_NOTES",
    since === undefined
      ? "The changelog has no entry."
      : `The changelog has nothing between ${JSON.stringify(since)} and ${VERSION}.`,
    { details, hint: `Name an older version as three numbers, e.g. --whats-new 3.9.0.` },
  );
}
