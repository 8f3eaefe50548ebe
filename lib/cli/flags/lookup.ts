/** Finds a row of the flag table by any of its spellings. */
import { FLAG_ROWS } from "./table.ts";
import type { FlagRow } from "./types.ts";

/** Every spelling of every flag, long and short, with its row. */
export const FLAGS_BY_SPELLING: ReadonlyMap<string, FlagRow> = new Map(
  FLAG_ROWS.flatMap((row: FlagRow) =>
    [row.name, ...(row.aliases ?? [])].map((spelling) => [spelling, row] as const)
  ),
);

/** The row of a spelling such as `--count` or `-n`; case counts. */
export function findFlag(spelling: string): FlagRow | undefined {
  return FLAGS_BY_SPELLING.get(spelling);
}
