/** Commands that are a bare word, known as the first argument only. */

/** How the arguments after the word are read. */
export type WordArguments =
  /** flags of the table, everything else collected as words */
  | "words"
  /** handed over unread */
  | "raw"
  /** as on any command line */
  | "flags";

/** One word. */
export interface CommandWord {
  readonly name: string;
  readonly arguments: WordArguments;
  /** Refused as a prompt when it stands elsewhere: nobody means a picture of it. */
  readonly guarded?: boolean;
  /** What may follow, for help. */
  readonly usage: string;
  /** One sentence for help. */
  readonly help: string;
}

/** Every word, in the order of help. */
export const COMMAND_WORDS: readonly CommandWord[] = [
  { name: "help", arguments: "words", usage: "[topic]", help: "Print help." },
  {
    name: "doctor",
    arguments: "flags",
    usage: "",
    help: "Check key, folders, ffmpeg and connection.",
  },
  { name: "login", arguments: "words", guarded: true, usage: "", help: "Store your API key." },
  { name: "logout", arguments: "words", guarded: true, usage: "", help: "Remove the stored key." },
  {
    name: "jobs",
    arguments: "words",
    guarded: true,
    usage: "[list|status|wait|collect|cancel|clean] [id]",
    help: "Look after jobs that were sent.",
  },
  {
    name: "history",
    arguments: "words",
    usage: "[words|date] | rerun <id> [--vary]",
    help: "Search what was made, and make it again: the same, or with another seed.",
  },
  {
    name: "gallery",
    arguments: "words",
    usage: "[words|date] [-o page.html]",
    help: "One HTML page of what was made, with small pictures inside.",
  },
  {
    name: "batch",
    arguments: "words",
    usage: "<jobs.jsonl> [--concurrency n]",
    help: "Make many things from a file of jobs; again, it goes on where it stopped.",
  },
  {
    name: "sandbox",
    arguments: "words",
    usage: "",
    help: "Run the practice service by itself.",
  },
  { name: "mcp", arguments: "words", guarded: true, usage: "", help: "Serve the tools over MCP." },
  {
    name: "setup",
    arguments: "raw",
    guarded: true,
    usage: "[options]",
    help: "Install the skill for your agents.",
  },
  {
    name: "schema",
    arguments: "words",
    guarded: true,
    usage: "[name]",
    help: "Print the JSON Schema of outputs and files.",
  },
  {
    name: "completions",
    arguments: "words",
    guarded: true,
    usage: "<shell>",
    help: "Print completions for bash, zsh, fish or powershell; man prints the manual page.",
  },
  {
    name: "self-update",
    arguments: "raw",
    guarded: true,
    usage: "",
    help: "Update sogni-agent.",
  },
];

/** The word of this name. */
export function findWord(name: string): CommandWord | undefined {
  return COMMAND_WORDS.find((word) => word.name === name);
}
