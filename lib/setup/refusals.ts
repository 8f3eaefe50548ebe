/** Refusals that more than one step of setup has. */
import { AppError, invalidArgument } from "../errors/app_error.ts";

/** Nobody can be asked, and nothing was agreed to. */
export function needsYes(): AppError {
  return invalidArgument(
    "setup has to ask before it changes anything, and there is no terminal to ask at.",
    { flag: "--yes" },
    "Add --yes to agree beforehand, or --dry-run to see what would be done.",
  );
}

/** Files made by root would lock their owner out. */
export function sudoRefused(line: string): AppError {
  return new AppError("INVALID_ARGUMENT", "setup changes your files and must not run as root.", {
    hint: `Run it without sudo: ${line}`,
  });
}
