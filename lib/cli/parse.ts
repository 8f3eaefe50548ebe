/** Reads a command line. */
import { invalidArgument } from "../errors/app_error.ts";
import { ArgumentQueue } from "./argument_queue.ts";
import { chooseCommand } from "./choose.ts";
import { findFlag } from "./flags/lookup.ts";
import type { Options } from "./flags/table.ts";
import type { Invocation } from "./invocation.ts";
import { OptionCollector } from "./option_collector.ts";
import { refusePending } from "./pending.ts";
import { isDashedPrompt, isTypographicFlag, unknownOption } from "./unknown_option.ts";
import { findWord } from "./words.ts";

/** What a command line is read against. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Home folder, for `~` in paths. */
  readonly home: string;
}

/** What was read of a command line so far; it is told with a failure. */
export interface ReadSoFar {
  prompt: string | null;
}

/**
 * The command line as an {@link Invocation}.
 *
 * Flags are read from left to right and the first one that cannot be used is reported;
 * `--help` and `--last` end the reading where they stand.
 *
 * @param soFar is given the prompt when it is met
 * @throws AppError with code `INVALID_ARGUMENT`, `COUNT_LIMIT_EXCEEDED` or `NOT_IMPLEMENTED`
 */
export function parse(
  argv: readonly string[],
  surroundings: Surroundings,
  soFar: ReadSoFar = { prompt: null },
): Invocation {
  const invocation = readFirstOnly(argv, surroundings) ?? readLine(argv, surroundings, soFar);
  refusePending(invocation);
  return invocation;
}

/** Whether failures are to be reported as JSON, decided before anything is read. */
export function wantsJson(argv: readonly string[]): boolean {
  return argv.includes("--json");
}

/** Commands that are recognised by the first argument and read the others in their own way. */
function readFirstOnly(
  argv: readonly string[],
  surroundings: Surroundings,
): Invocation | undefined {
  const [first = "", ...rest] = argv;
  const word = findWord(first);
  if (word?.arguments === "raw") return { command: first, options: style(argv), words: rest };
  if (word?.arguments === "words") {
    return readLine(rest, surroundings, { prompt: null }, first);
  }
  if (first === "--snooze-update" || first === "--__update-check") {
    return { command: first.replace(/^-[-_]+/, ""), options: style(argv), words: [] };
  }
  const since = /^--whats-new(?:=(.*))?$/s.exec(first);
  if (!since) return undefined;
  const next = since[1] ?? (rest[0]?.startsWith("-") ? undefined : rest[0]);
  return { command: "whats-new", options: { ...style(argv), whatsNew: next ?? true }, words: [] };
}

/** @param word the command's word, when the line began with one */
function readLine(
  argv: readonly string[],
  { env, home }: Surroundings,
  soFar: ReadSoFar,
  word?: string,
): Invocation {
  const queue = new ArgumentQueue(argv);
  const collector = new OptionCollector(env, home);
  const positionals: string[] = [];
  if (word === undefined && queue.peek() === "doctor") {
    queue.take();
    collector.set("doctor", true);
  }
  for (let argument = queue.take(); argument !== undefined; argument = queue.take()) {
    if (argument === "--") {
      positionals.push(...(word === undefined ? queue.takeAll().slice(0, 1) : queue.takeAll()));
    } else if (isPositional(argument)) {
      if (word === undefined && positionals.length === 0) refuseGuarded(argument);
      positionals.push(argument);
      soFar.prompt ??= argument;
    } else {
      const [spelling, inline] = splitInline(argument);
      const row = findFlag(spelling);
      if (!row || row.firstOnly) throw unknownOption(argument);
      collector.add({ row, spelling, inline }, queue);
      if (row.key === "last" && word === undefined) return stop("last", collector, argv, []);
      if (row.key === "help") {
        return stop("help", collector, argv, helpTopic(queue, word));
      }
    }
  }
  if (env.SOGNI_SANDBOX === "1") collector.set("sandbox", true);
  if (wantsJson(argv)) collector.set("json", true);
  const { options, typed } = collector;
  if (word !== undefined) return { command: word, options, words: positionals, ...typed };
  return { ...withPrompt(options, positionals[0]), ...typed };
}

function isPositional(argument: string): boolean {
  if (isTypographicFlag(argument)) throw unknownOption(argument);
  return !argument.startsWith("-") || isDashedPrompt(argument);
}

/** `--name=value` in its two parts; only a known name is split. */
function splitInline(argument: string): [spelling: string, inline: string | undefined] {
  const at = argument.indexOf("=");
  return at < 0 ? [argument, undefined] : [argument.slice(0, at), argument.slice(at + 1)];
}

function refuseGuarded(prompt: string): void {
  if (!findWord(prompt)?.guarded) return;
  throw invalidArgument(
    `${prompt} is a command and has to be the first argument.`,
    { command: prompt },
    `Write: sogni-agent ${prompt}. As a prompt it goes after --: sogni-agent -- ${prompt}`,
  );
}

/** What help is asked about: the word's command, else a topic that follows. */
function helpTopic(queue: ArgumentQueue, word: string | undefined): string[] {
  if (word !== undefined && word !== "help") return [word];
  const next = queue.peek();
  return next === undefined || next === "--json" ? [] : [next];
}

/** `--help` and `--last` act where they stand; only the form of the output is read ahead. */
function stop(
  command: string,
  collector: OptionCollector,
  argv: readonly string[],
  words: string[],
): Invocation {
  if (wantsJson(argv)) collector.set("json", true);
  return { command, options: collector.options, words };
}

function withPrompt(options: Options, prompt: string | undefined): Invocation {
  const { watchWorkflow, ...others } = options;
  // `--watch-workflow ID` without a start means that running workflow.
  if (watchWorkflow && prompt && /^\S+$/.test(prompt) && isPlainGeneration(others)) {
    return { command: "workflow", options: { ...others, streamWorkflow: prompt }, words: [] };
  }
  const command = chooseCommand(options);
  return prompt === undefined
    ? { command, options, words: [] }
    : { command, options, prompt, words: [] };
}

function isPlainGeneration(options: Options): boolean {
  return chooseCommand(options) === "generate" && !options.video && !options.music;
}

function style(argv: readonly string[]): Options {
  return {
    ...(wantsJson(argv) ? { json: true } : {}),
    ...(argv.includes("-q") || argv.includes("--quiet") ? { quiet: true } : {}),
  };
}
