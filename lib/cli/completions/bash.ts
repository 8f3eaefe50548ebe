/** The completion script for bash. */
import type { CompletedFlag, CompletionModel } from "./model.ts";

/** A script to `source`, or to be put into a folder of bash-completion. */
export function bashCompletion({ flags, words }: CompletionModel): string {
  const spellings = flags.flatMap((flag) => flag.spellings);
  return [
    "# bash completion for sogni-agent",
    "_sogni_agent() {",
    '  local current="${COMP_WORDS[COMP_CWORD]}" previous=""',
    '  ((COMP_CWORD > 0)) && previous="${COMP_WORDS[COMP_CWORD-1]}"',
    "  # Bash takes the equals sign of --name=value for a word.",
    '  if [[ $current == "=" ]]; then',
    '    current=""',
    '  elif [[ $previous == "=" ]] && ((COMP_CWORD > 1)); then',
    '    previous="${COMP_WORDS[COMP_CWORD-2]}"',
    "  fi",
    "  COMPREPLY=()",
    '  if ((COMP_CWORD > 1)); then case "${COMP_WORDS[1]}" in',
    ...words.filter((word) => word.words.length > 0).map((word) =>
      `    ${word.name}) COMPREPLY=($(compgen -W "${
        word.words.join(" ")
      }" -- "$current")); return ;;`
    ),
    "  esac; fi",
    '  case "$previous" in',
    ...flags.filter((flag) => !flag.optional).flatMap(valueCase),
    "  esac",
    "  if [[ $current == -* ]]; then",
    `    COMPREPLY=($(compgen -W "${spellings.join(" ")}" -- "$current"))`,
    "  elif ((COMP_CWORD == 1)); then",
    `    COMPREPLY=($(compgen -W "${words.map(({ name }) => name).join(" ")}" -- "$current"))`,
    "  fi",
    "}",
    "# Without a match of ours files are offered.",
    "complete -o bashdefault -o default -F _sogni_agent sogni-agent",
  ].join("\n");
}

function valueCase({ spellings, value, words }: CompletedFlag): string[] {
  const pattern = spellings.join("|");
  switch (value) {
    case "none":
      return [];
    case "words":
      return [
        `    ${pattern}) COMPREPLY=($(compgen -W "${words.join(" ")}" -- "$current")); return ;;`,
      ];
    default:
      return [`    ${pattern}) return ;;`];
  }
}
