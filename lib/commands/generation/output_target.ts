/** Where the results of a run go, checked before anything is paid for. */
import { isAbsolute, resolve } from "node:path";
import { angleFile } from "../../plan/image/angle_files.ts";
import type { Host } from "../../platform/host.ts";
import type { Plan } from "../../plan/types.ts";
import type { CommandContext } from "../context.ts";
import { azimuthOf } from "./angle_result.ts";
import { outputPaths } from "./output_paths.ts";
import { isMultiAngle } from "./result.ts";
import type { RunOutput } from "./run_plan.ts";
import { writeFailure } from "./save_outputs.ts";

/** Where results go; `undefined` when only their URLs are wanted. */
export interface OutputTarget {
  output: string;
  isFolder: boolean;
}

/**
 * Looks at `--output` before anything is paid for.
 *
 * @throws AppError OUTPUT_WRITE_FAILED when it can already be seen that nothing can be written
 */
export async function checkOutput(
  { invocation, host }: CommandContext,
  plan: Plan,
): Promise<OutputTarget | undefined> {
  const { output } = invocation.options;
  if (output === undefined) return undefined;
  const target = { output, isFolder: await isFolder(host, output) };
  const naming = { ...target, extension: plan.extension, prompt: plan.prompt };
  const [first = output] = isMultiAngle(plan)
    ? [angleFile(output, "front", plan.extension, 0, 1)]
    : outputPaths(naming, 1);
  try {
    await host.files.probe(absolutePath(host.facts.cwd, first));
  } catch (error) {
    const code = String((error as { code?: unknown }).code ?? "");
    throw writeFailure(first, code, error instanceof Error ? error.message : String(error), error);
  }
  return target;
}

/** A path that cannot even be looked at is none: the first attempt to write says why. */
async function isFolder({ files, facts }: Host, output: string): Promise<boolean> {
  const info = await files.stat(absolutePath(facts.cwd, output)).catch(() => undefined);
  return info?.kind === "directory";
}

/** The path of each delivered result, as the caller will see it. */
export function pathsFor(
  target: OutputTarget,
  plan: Plan,
  delivered: readonly RunOutput[],
): string[] {
  if (!isMultiAngle(plan)) {
    const naming = { ...target, extension: plan.extension, prompt: plan.prompt };
    return outputPaths(naming, delivered.length);
  }
  return delivered.map((output) => {
    const count = output.project.params.numberOfMedia;
    return angleFile(target.output, azimuthOf(output), plan.extension, output.index, count);
  });
}

/** A path as seen from the folder the command runs in. */
export function absolutePath(cwd: string, path: string): string {
  return isAbsolute(path) ? path : resolve(cwd, path);
}
