/** The completion script for PowerShell. */
import type { CompletedFlag, CompletedWord, CompletionModel } from "./model.ts";

/** A script for the profile: `sogni-agent completions powershell | Out-String | Invoke-Expression`. */
export function powershellCompletion({ flags, words }: CompletionModel): string {
  return [
    "# PowerShell completion for sogni-agent",
    "Register-ArgumentCompleter -Native -CommandName sogni-agent -ScriptBlock {",
    "  param($wordToComplete, $commandAst, $cursorPosition)",
    "  $words = [ordered]@{",
    ...words.map(({ name, help }) => `    ${quote(name)} = ${quote(help)}`),
    "  }",
    "  $flags = [System.Collections.Specialized.OrderedDictionary]::new()",
    ...flags.flatMap((flag) =>
      flag.spellings.map((spelling) => `  $flags[${quote(spelling)}] = ${quote(flag.help)}`)
    ),
    "  $values = [System.Collections.Specialized.OrderedDictionary]::new()",
    ...flags.filter(({ value }) => value === "words").flatMap(flagValues),
    "  $after = @{",
    ...words.filter((word) => word.words.length > 0).map(wordValues),
    "  }",
    "  $before = @($commandAst.CommandElements | ForEach-Object { $_.ToString() })",
    "  if ($wordToComplete -ne '' -and $before.Count -gt 1) {",
    "    $before = @($before[0..($before.Count - 2)])",
    "  }",
    "  $previous = $before[-1]",
    "  $offered = if ($values.Contains($previous)) {",
    "    $values[$previous]",
    "  } elseif ($before.Count -gt 1 -and $after.Contains($before[1])) {",
    "    $after[$before[1]]",
    "  } elseif ($wordToComplete -like '-*') {",
    "    $flags.Keys",
    "  } elseif ($before.Count -le 1) {",
    "    $words.Keys",
    "  }",
    '  $offered | Where-Object { $_ -clike "$wordToComplete*" } | ForEach-Object {',
    "    $help = if ($flags.Contains($_)) { $flags[$_] } else { $words[$_] }",
    "    if (-not $help) { $help = $_ }",
    "    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $help)",
    "  }",
    "}",
  ].join("\n");
}

function flagValues({ spellings, words }: CompletedFlag): string[] {
  const list = words.map(quote).join(", ");
  return spellings.map((spelling) => `  $values[${quote(spelling)}] = @(${list})`);
}

function wordValues({ name, words }: CompletedWord): string {
  return `    ${quote(name)} = @(${words.map(quote).join(", ")})`;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
