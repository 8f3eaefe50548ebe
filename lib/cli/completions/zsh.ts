/** The completion script for zsh. */
import type { CompletedFlag, CompletionModel } from "./model.ts";

/** A function file `_sogni-agent` for a folder of `fpath`; it can be sourced as well. */
export function zshCompletion({ flags, words }: CompletionModel): string {
  return [
    "#compdef sogni-agent",
    "",
    "_sogni_agent_words() {",
    "  local -a words_of_sogni",
    "  words_of_sogni=(",
    ...words.map(({ name, help }) => `    ${quote(`${name}:${help}`)}`),
    "  )",
    "  _describe -t commands 'sogni-agent command' words_of_sogni",
    "  _files",
    "}",
    "",
    "_sogni_agent_rest() {",
    "  case $words[2] in",
    ...words.filter((word) => word.words.length > 0).map((word) =>
      `    ${word.name}) compadd -- ${word.words.join(" ")} ;;`
    ),
    "    *) _files ;;",
    "  esac",
    "}",
    "",
    "_sogni_agent() {",
    "  _arguments -S \\",
    ...flags.flatMap(flagSpecs).map((spec) => `    ${spec} \\`),
    "    '1: :_sogni_agent_words' \\",
    "    '*: :_sogni_agent_rest'",
    "}",
    "",
    'if [ "$funcstack[1]" = "_sogni-agent" ]; then',
    '  _sogni_agent "$@"',
    "else",
    "  compdef _sogni_agent sogni-agent",
    "fi",
  ].join("\n");
}

/** A spec for each spelling: `'(-n --count)--count=[help]:n: '`. */
function flagSpecs(flag: CompletedFlag): string[] {
  return flag.spellings.map((spelling) => {
    const others = flag.repeatable ? "*" : `(${flag.spellings.join(" ")})`;
    // A long flag takes its value behind an equals sign as well.
    const joined = spelling.startsWith("--") && flag.values === 1 && !flag.optional ? "=" : "";
    return quote(`${others}${spelling}${joined}[${escapeHelp(flag.help)}]${valueSpec(flag)}`);
  });
}

function valueSpec({ value, values, words, optional, name }: CompletedFlag): string {
  const message = name.replace(/^-+/, "");
  const action = value === "path" ? "_files" : value === "words" ? `(${words.join(" ")})` : " ";
  if (values === 0) return "";
  if (values < 0) return `:*-*:${message}:${action}`;
  return `${optional ? "::" : ":"}${message}:${action}` +
    `:${message}:${action}`.repeat(values - 1);
}

function escapeHelp(text: string): string {
  return text.replace(/[[\]\\:]/g, "\\$&");
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
