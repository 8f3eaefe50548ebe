/** An argument list as people type it. */
import { PRODUCT } from "./product.ts";

/**
 * The command line of these arguments, quoted for a POSIX shell.
 *
 * @example shellLine(["-n", "2", "a fox"]) // sogni-agent -n 2 "a fox"
 */
export function shellLine(argv: readonly string[]): string {
  return [PRODUCT.program, ...argv.map(quote)].join(" ");
}

function quote(argument: string): string {
  if (/^[\w@%+=:,./-]+$/.test(argument)) return argument;
  return /["$`\\!]/.test(argument) ? `'${argument.replaceAll("'", `'\\''`)}'` : `"${argument}"`;
}
