/** Another seed for a plan, everything else as it was. */
import type { Plan, ProjectParams } from "../../plan/types.ts";

const SEEDS = 2 ** 32;

/**
 * Every seed of the plan is moved by the same distance, so that projects which shared one, or
 * counted up from it, still do.
 *
 * @param seed of the first project, 0 to 2^32 - 1
 */
export function withSeed(plan: Plan, seed: number): Plan {
  const first = plan.seed ??
    plan.projects.find(({ params }) => params.seed !== undefined)?.params.seed;
  if (first === undefined) return plan;
  const move = (old: number) => (((old - first + seed) % SEEDS) + SEEDS) % SEEDS;
  const moved = (params: ProjectParams): ProjectParams =>
    params.seed === undefined ? params : { ...params, seed: move(params.seed) };
  return {
    ...plan,
    seed,
    seedStrategy: "random",
    summary: { ...plan.summary, seed, seedStrategy: "random" },
    projects: plan.projects.map((project) => ({ ...project, params: moved(project.params) })),
    ...(plan.followUp
      ? { followUp: { ...plan.followUp, params: moved(plan.followUp.params) } }
      : {}),
  };
}
