/** Reads the words after `sogni-agent setup`. */
import { invalidArgument } from "../errors/app_error.ts";
import { nearest } from "../text/nearest.ts";
import { RUNTIME_NAMES, type RuntimeName } from "./runtime_names.ts";

/** What setup is asked to do. */
export interface SetupOptions {
  readonly help: boolean;
  readonly yes: boolean;
  readonly dryRun: boolean;
  readonly json: boolean;
  readonly quiet: boolean;
  /** The runtimes to serve, in the order of the table. */
  readonly selected: readonly RuntimeName[];
  /** `--only` was given: a runtime that is missing is then an error. */
  readonly explicit: boolean;
  /** Version or dist-tag of the program; asked for with `--version`. */
  readonly version?: string;
  /** Install the program by npm, also where it seems to be there. */
  readonly installCli: boolean;
  readonly removeCli: boolean;
  readonly hermesCategory: string;
  readonly credentials: boolean;
  /** The key comes from standard input. */
  readonly keyFromStdin: boolean;
  /** Where the ChatGPT text is written. */
  readonly chatgptFile?: string;
  /** Register the MCP server with Codex, too. */
  readonly codexMcp: boolean;
  readonly uninstall: boolean;
  readonly purge: boolean;
  /** The words as they were given, for a line that is to be run again. */
  readonly words: readonly string[];
}

const FLAGS = [
  "--yes",
  "--dry-run",
  "--json",
  "--quiet",
  "--no-credentials",
  "--key-stdin",
  "--codex-mcp",
  "--install-cli",
  "--uninstall",
  "--remove-cli",
  "--purge",
  "--no-ui",
  "--boring",
  "--no-update-check",
] as const;
const VALUE_FLAGS = [
  "--only",
  "--exclude",
  "--version",
  "--hermes-category",
  "--output-chatgpt-bundle",
] as const;
const SHORT: Readonly<Record<string, string>> = { "-y": "--yes", "-q": "--quiet" };

/**
 * @throws AppError INVALID_ARGUMENT for the first word that cannot be used; `--help` anywhere wins
 */
export function readSetupOptions(words: readonly string[]): SetupOptions {
  const help = words.includes("--help") || words.includes("-h");
  const flags = new Set<string>();
  const values = new Map<string, string>();
  for (const word of help ? [] : words) readWord(word, flags, values);
  const selected = help ? RUNTIME_NAMES : select(values.get("--only"), values.get("--exclude"));
  const version = values.get("--version");
  const chatgptFile = values.get("--output-chatgpt-bundle");
  const options: SetupOptions = {
    help,
    yes: flags.has("--yes"),
    dryRun: flags.has("--dry-run"),
    json: words.includes("--json"),
    quiet: flags.has("--quiet"),
    selected,
    explicit: values.has("--only"),
    ...(version === undefined ? {} : { version }),
    installCli: flags.has("--install-cli") || version !== undefined,
    removeCli: flags.has("--remove-cli"),
    hermesCategory: values.get("--hermes-category") ?? "media",
    credentials: !flags.has("--no-credentials"),
    keyFromStdin: flags.has("--key-stdin"),
    ...(chatgptFile === undefined ? {} : { chatgptFile }),
    codexMcp: flags.has("--codex-mcp"),
    uninstall: flags.has("--uninstall"),
    purge: flags.has("--purge"),
    words,
  };
  refuseContradictions(options);
  return options;
}

/** Whether the ChatGPT text is wanted: it is for people to paste, so only on request. */
export function wantsChatGpt(options: SetupOptions): boolean {
  return options.chatgptFile !== undefined ||
    (options.explicit && options.selected.includes("chatgpt"));
}

function readWord(word: string, flags: Set<string>, values: Map<string, string>): void {
  const split = word.indexOf("=");
  const name = split < 0 ? SHORT[word] ?? word : word.slice(0, split);
  if (split < 0 && (FLAGS as readonly string[]).includes(name)) {
    flags.add(name);
  } else if (split >= 0 && (VALUE_FLAGS as readonly string[]).includes(name)) {
    values.set(name, readValue(name, word.slice(split + 1)));
  } else {
    throw unknown(word, name);
  }
}

function readValue(name: string, value: string): string {
  if (value.trim() === "") {
    throw invalidArgument(`${name} needs a value.`, { flag: name }, valueHint(name));
  }
  // Both become a part of a path or of a package's address.
  if (name === "--version" && !/^[A-Za-z0-9^~][\w.+~^-]*$/.test(value)) {
    throw invalidArgument(
      `--version cannot be ${JSON.stringify(value)}.`,
      { flag: name, value },
      "Give a version such as 3.10.0, or a tag such as latest.",
    );
  }
  if (name === "--hermes-category" && !/^[A-Za-z0-9][\w.-]*$/.test(value)) {
    throw invalidArgument(
      `--hermes-category cannot be ${JSON.stringify(value)}.`,
      { flag: name, value },
      "Give the name of one folder: letters, digits, dots, hyphens.",
    );
  }
  return value;
}

function unknown(word: string, name: string): Error {
  if (!word.startsWith("-")) {
    return invalidArgument(
      `setup takes no argument ${JSON.stringify(word)}.`,
      { value: word },
      "Choose runtimes with --only=claude,codex. See: sogni-agent setup --help",
    );
  }
  if ((VALUE_FLAGS as readonly string[]).includes(name)) {
    return invalidArgument(`${name} needs a value, joined by =.`, { flag: name }, valueHint(name));
  }
  if ((FLAGS as readonly string[]).includes(name)) {
    return invalidArgument(`${name} takes no value.`, { flag: name }, `Write it as: ${name}`);
  }
  const near = nearest(name, [...FLAGS, ...VALUE_FLAGS]);
  return invalidArgument(
    `setup does not know the flag ${name}.`,
    { flag: name },
    `${near === undefined ? "" : `Did you mean ${near}? `}See: sogni-agent setup --help`,
  );
}

function valueHint(name: string): string {
  return name === "--only" || name === "--exclude"
    ? `Write ${name}=NAME, with names from: ${RUNTIME_NAMES.join(", ")}.`
    : `Write it as ${name}=VALUE. See: sogni-agent setup --help`;
}

function select(only: string | undefined, exclude: string | undefined): RuntimeName[] {
  const wanted = only === undefined ? RUNTIME_NAMES : readNames("--only", only);
  const unwanted = exclude === undefined ? [] : readNames("--exclude", exclude);
  const selected = RUNTIME_NAMES.filter((name) =>
    wanted.includes(name) && !unwanted.includes(name)
  );
  if (selected.length === 0) {
    throw invalidArgument(
      "--only and --exclude leave no runtime.",
      { flag: "--exclude", only, exclude },
      `Leave at least one of: ${RUNTIME_NAMES.join(", ")}.`,
    );
  }
  return selected;
}

function readNames(flag: string, list: string): RuntimeName[] {
  const names = list.split(",").map((name) => name.trim()).filter((name) => name !== "");
  if (names.length === 0) throw invalidArgument(`${flag} is empty.`, { flag }, valueHint(flag));
  return names.map((name) => {
    const known = RUNTIME_NAMES.find((candidate) => candidate === name);
    if (known !== undefined) return known;
    throw invalidArgument(
      `${flag} does not know the runtime ${JSON.stringify(name)}.`,
      { flag, value: name, allowed: RUNTIME_NAMES },
      valueHint(flag),
    );
  });
}

function refuseContradictions(options: SetupOptions): void {
  const rows: [boolean, string, string, string][] = [
    [
      options.removeCli && !options.uninstall,
      "--remove-cli",
      "--remove-cli works with --uninstall only.",
      "Write: sogni-agent setup --uninstall --remove-cli",
    ],
    [
      options.uninstall && options.installCli,
      "--uninstall",
      "--uninstall cannot be combined with --install-cli or --version.",
      "Leave one of them out.",
    ],
    [
      options.keyFromStdin && !options.credentials,
      "--key-stdin",
      "--key-stdin cannot be combined with --no-credentials.",
      "Leave one of them out.",
    ],
  ];
  for (const [wrong, flag, message, hint] of rows) {
    if (wrong) throw invalidArgument(message, { flag }, hint);
  }
}
