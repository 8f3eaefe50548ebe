/** Prompts with variations, such as `a {red|blue} bicycle`. */

const GROUP = /\{([^}]+)\}/g;

/** Whether a prompt has a `{...}` group with something inside. */
export function hasVariations(prompt: string): boolean {
  return prompt.search(GROUP) >= 0;
}

/**
 * One prompt for each of `count` outputs, or `undefined` when there is nothing to vary.
 *
 * Output number i takes option `i mod options` of every group, each by itself. A group runs from
 * `{` to the first `}`; there is no nesting and no escape.
 *
 * @example
 * ```ts
 * expandPrompts("a {fox|owl} at {dawn|noon|dusk}", 3);
 * // ["a fox at dawn", "a owl at noon", "a fox at dusk"]
 * ```
 */
export function expandPrompts(prompt: string, count: number): string[] | undefined {
  if (count < 2 || !hasVariations(prompt)) return undefined;
  return Array.from({ length: count }, (_, index) => expandPrompt(prompt, index));
}

function expandPrompt(prompt: string, index: number): string {
  return prompt.replace(GROUP, (_, inside: string) => {
    const options = inside.split("|");
    return (options[index % options.length] ?? "").trim();
  });
}
