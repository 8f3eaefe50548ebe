/** What a multi-angle run reports: its pictures by camera position. */
import type { RunResult } from "./result.ts";
import type { RunOutput } from "./run_plan.ts";

/** The contract's `angles[]`, one entry a camera position, in the order of the turn. */
export function angleEntries({ plan, delivered, saved }: RunResult): Record<string, unknown>[] {
  return plan.projects.map((project) => {
    const mine = delivered.map((output, index) => ({ output, path: saved[index]?.path }))
      .filter(({ output }) => output.project === project);
    return {
      ...project.angle,
      prompt: project.params.positivePrompt,
      urls: mine.map(({ output }) => output.url ?? null),
      seeds: mine.map(({ output }) => output.seed ?? null),
      localPaths: mine.flatMap(({ path }) => path ? [path] : []),
    };
  });
}

/** Lines for people: the film, then each picture with its azimuth. */
export function angleLines({ plan, delivered }: RunResult, video: string | undefined): string[] {
  const several = plan.projects.some(({ params }) => params.numberOfMedia > 1);
  const pictures = delivered.map((output) => {
    const number = several ? `#${output.index + 1}` : "";
    return `${azimuthOf(output)}${number}: ${output.url ?? ""}`;
  });
  return [...(video === undefined ? [] : [`video: ${video}`]), ...pictures];
}

/** The azimuth of an output of a multi-angle run. */
export function azimuthOf(output: RunOutput): string {
  return output.project.angle?.azimuth ?? "front";
}
