/** Pieces of an argument list; values are tied to their flags, so that none is read as an option. */

/** `--name=value`, or nothing for a value that is absent or empty. */
export function flag(name: string, value: string | number | undefined): string[] {
  return value === undefined || value === "" ? [] : [`${name}=${value}`];
}

/** The flag once for each value. */
export function flags(name: string, values: readonly string[] | undefined): string[] {
  return (values ?? []).flatMap((value) => flag(name, value));
}

/** The prompt, which may begin with a dash. */
export function prompt(text: string): string[] {
  return ["--", text];
}

/** A path among the values of a list, where a leading dash would end the list. */
export function listed(path: string): string {
  return path.startsWith("-") ? `./${path}` : path;
}

/** Flags of everything that is paid for. */
export function paidFlags(
  input: {
    max_cost?: number | undefined;
    token_type?: string | undefined;
    timeout_seconds?: number | undefined;
  },
): string[] {
  return [
    ...flag("--max-cost", input.max_cost),
    ...flag("--token-type", input.token_type),
    ...flag("--timeout", input.timeout_seconds),
  ];
}
