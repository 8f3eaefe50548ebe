/** Says which flag gave a reference that cannot be used. */
import { FLAG_ROWS } from "../../cli/flags/table.ts";
import type { Options } from "../../cli/flags/table.ts";
import { AppError } from "../../errors/app_error.ts";

/** The error of a refused URL with the flag that gave it; any other error as it is. */
export function nameReferenceFlag(error: unknown, options: Options, source: string): unknown {
  if (!(error instanceof AppError) || error.code !== "INVALID_URL") return error;
  const flag = flagOf(options, source);
  if (flag === undefined || error.details?.flag !== undefined) return error;
  return new AppError(error.code, `${flag}: ${error.message}`, {
    details: { flag, ...error.details },
    hint: error.hint ?? `Give ${flag} a public https URL, or the path of a file.`,
    cause: error.cause,
  });
}

/** A reference that no flag names comes from a persona or the last render. */
function flagOf(options: Options, source: string): string | undefined {
  const row = FLAG_ROWS.find(({ kind, key }) =>
    kind === "path" && [options[key]].flat().includes(source)
  );
  return row?.name;
}
