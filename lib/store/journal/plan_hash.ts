/** What makes two jobs the same work. */
import { createHash } from "node:crypto";
import type { Plan } from "../../plan/types.ts";

/**
 * Hash over everything of a plan that decides what is made: not its notes, its time limit or how
 * results are reported.
 *
 * @param contents marks of the local references' content (size and time of change) by source: the
 *   same path may hold another picture tomorrow
 */
export function planHash(plan: Plan, contents: Readonly<Record<string, string>> = {}): string {
  const { medium, branch, model, network, order, extension, projects, followUp } = plan;
  const work = {
    ...{ medium, branch, model, network, order, extension, followUp, contents },
    projects: projects.map(({ params, media, angle }) => ({ params, media, angle })),
  };
  return createHash("sha256").update(stableJson(work)).digest("hex");
}

/** JSON whose text does not depend on the order in which properties were set. */
export function stableJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => {
    if (typeof part !== "object" || part === null || Array.isArray(part)) return part;
    const sorted = Object.entries(part).sort(([a], [b]) => a < b ? -1 : a > b ? 1 : 0);
    return Object.fromEntries(sorted);
  });
}
