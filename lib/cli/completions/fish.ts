/** The completion script for fish. */
import type { CompletedFlag, CompletionModel } from "./model.ts";

/** A script to `source`, or to be put into `~/.config/fish/completions/sogni-agent.fish`. */
export function fishCompletion({ flags, words }: CompletionModel): string {
  return [
    "# fish completion for sogni-agent",
    ...words.flatMap(({ name, help, words: after }) => [
      `complete -c sogni-agent -n __fish_is_first_arg -a ${name} -d ${quote(help)}`,
      ...(after.length === 0 ? [] : [
        `complete -c sogni-agent -f -n "__fish_seen_subcommand_from ${name}" -a ${
          quote(after.join(" "))
        }`,
      ]),
    ]),
    ...flags.map(flagLine),
  ].join("\n");
}

function flagLine(flag: CompletedFlag): string {
  const spellings = flag.spellings.map((spelling) =>
    spelling.startsWith("--") ? `-l ${spelling.slice(2)}` : `-s ${spelling.slice(1)}`
  );
  return [
    "complete -c sogni-agent",
    ...spellings,
    ...valueOptions(flag),
    "-d",
    quote(flag.help),
  ].join(" ");
}

function valueOptions({ value, words, optional }: CompletedFlag): string[] {
  if (value === "none" || optional) return [];
  if (value === "path") return ["-r", "-F"];
  // `-x`: a value is needed, and files are none.
  return value === "words" ? ["-x", "-a", quote(words.join(" "))] : ["-x"];
}

function quote(text: string): string {
  return `'${text.replace(/[\\']/g, "\\$&")}'`;
}
