/** A parsed command line: plain data that can cross a worker boundary. */
import type { Options } from "./flags/table.ts";
import type { TypedFlags } from "./typed_flags.ts";

/** What a command line asks for. */
export interface Invocation {
  /** Name of the command in the command table, e.g. `generate`, `memory`, `doctor`. */
  command: string;
  options: Options;
  /** The prompt as typed; absent when there was none. */
  prompt?: string;
  /** Arguments of a bare-word command (`jobs wait ID`), after the word. */
  words: string[];
  /** Flags that were typed in another spelling than their long name. */
  typed?: TypedFlags;
}
