/** Puts the options of a command line together. */
import type { ArgumentQueue } from "./argument_queue.ts";
import { type FlagUse, type FlagValue, takeValue } from "./flag_value.ts";
import { FLAG_ROWS, type OptionKey, type Options } from "./flags/table.ts";
import type { FlagRow } from "./flags/types.ts";
import { checkCount, maxCount } from "./max_count.ts";
import type { TypedFlags } from "./typed_flags.ts";

/** Options so far; a flag given twice keeps its last value, lists grow. */
export class OptionCollector {
  readonly #values = new Map<string, FlagValue>();
  readonly #typed = new Map<string, string>();
  readonly #maxCount: number;

  constructor(env: Readonly<Record<string, string | undefined>>, readonly home: string) {
    this.#maxCount = maxCount(env);
  }

  /** Takes the flag's value from the queue and keeps it. */
  add(use: FlagUse, queue: ArgumentQueue): void {
    const { row, spelling } = use;
    if (spelling === row.name) this.#typed.delete(row.name);
    else this.#typed.set(row.name, spelling);
    const value = takeValue(use, queue, this.home);
    if (row.key === "count") checkCount(spelling, Number(value), this.#maxCount);
    if (row.lastOf !== undefined) this.#dropGroup(row.lastOf);
    this.#values.set(row.key, row.repeatable ? this.#grown(row, value) : value);
  }

  /** Sets an option that came another way than by its flag. */
  set(key: OptionKey, value: boolean): void {
    this.#values.set(key, value);
  }

  /** The values have been read by the rows that {@link Options} is derived from. */
  get options(): Options {
    return Object.fromEntries(this.#values) as Options;
  }

  /** Long names of the flags that were typed in another spelling, and that spelling. */
  get typed(): { typed?: TypedFlags } {
    return this.#typed.size === 0 ? {} : { typed: Object.fromEntries(this.#typed) };
  }

  #grown(row: FlagRow, value: FlagValue): FlagValue {
    const before = this.#values.get(row.key);
    const added = Array.isArray(value) ? value : [value];
    return [...(Array.isArray(before) ? before : []), ...added];
  }

  #dropGroup(group: string): void {
    for (const row of FLAG_ROWS as readonly FlagRow[]) {
      if (row.lastOf === group) this.#values.delete(row.key);
    }
  }
}
