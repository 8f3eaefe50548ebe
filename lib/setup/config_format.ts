/** What is needed of a configuration format to add one entry to a file and to take it out again. */

/** How a runtime starts the MCP server. */
export interface ServerEntry {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Other keys, of the user or of the runtime. */
  readonly [key: string]: unknown;
}

/** Edits that leave every other byte of a text as it is, as far as the format allows. */
export interface ConfigFormat {
  /**
   * The entry of this name, parsed.
   *
   * @throws Error when the text is not valid, or something else stands where the entry belongs
   */
  read(text: string): Record<string, unknown> | undefined;
  /** The text with the entry put in, or in the place of the old one. */
  set(text: string, entry: ServerEntry): string;
  /** The text without the entry. */
  unset(text: string): string;
}
