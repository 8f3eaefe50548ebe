/** The success object, the lines for people and the last-render record of a run. */
import { AppError } from "../../errors/app_error.ts";
import { classify } from "../../errors/classify.ts";
import type { Plan } from "../../plan/types.ts";
import { angleEntries, angleLines } from "./angle_result.ts";
import type { RunOutput } from "./run_plan.ts";
import type { SavedOutput } from "./save_outputs.ts";

/** What is known when a run is over. */
export interface RunResult {
  plan: Plan;
  /** Delivered outputs, in submission order. */
  delivered: readonly RunOutput[];
  /** What became of each delivered output on disk. */
  saved: readonly SavedOutput[];
  /** Outputs that were withheld or failed. */
  missing: readonly RunOutput[];
  /** `--output` as typed. */
  output: string | undefined;
  sandbox: boolean;
  /** Id of its job in the journal. */
  jobId?: string;
  /** The picture that shows all of them. */
  contactSheet?: string;
  /** The film joined from the results, where one was asked for. */
  film?: string;
}

/** True for runs whose results are told by camera position. */
export function isMultiAngle({ branch }: Plan): boolean {
  return branch === "multi-angle" || branch === "multi-angle-360";
}

/** What people see on stdout: a URL a line, or the angles with theirs. */
export function resultLines(result: RunResult): string[] {
  if (isMultiAngle(result.plan)) return angleLines(result, result.film);
  return result.delivered.map(({ url }) => url ?? "");
}

/** One output that was not delivered, or not saved. */
export interface FailureEntry {
  index: number;
  errorCode: string;
  error: string;
  retryable: boolean;
}

/** The JSON success object, one line. */
export function successObject(result: RunResult): Record<string, unknown> {
  const { plan, missing } = result;
  const failures = failureEntries(result);
  const withheld = missing.filter(({ status }) => status === "withheld").length;
  return {
    success: true,
    type: typeOf(plan),
    ...fieldsOf(result),
    ...(result.contactSheet === undefined ? {} : { contactSheet: result.contactSheet }),
    ...(withheld > 0 ? { withheld } : {}),
    ...(failures.length > 0 ? { partial: true, failures } : {}),
    ...(result.sandbox ? { sandbox: true } : {}),
  };
}

/** The record that `--last` shows: what is on disk now. */
export function lastRenderRecord(
  result: RunResult,
  now: Date,
  quality: string | null,
): Record<string, unknown> {
  const { strictSize: _, adjustedVideoDims: __, ...fields } = fieldsOf(result);
  for (const key of Object.keys(fields)) if (key.startsWith("effective")) delete fields[key];
  if (fields.photobooth) delete fields.controlNet;
  return {
    timestamp: now.toISOString(),
    type: typeOf(result.plan),
    ...fields,
    projectId: result.delivered[0]?.projectId ?? null,
    quality,
    ...(result.sandbox ? { sandbox: true } : {}),
  };
}

function typeOf(plan: Plan): string {
  return isMultiAngle(plan) ? plan.branch : plan.medium;
}

function fieldsOf(result: RunResult): Record<string, unknown> {
  if (!isMultiAngle(result.plan)) return commonFields(result);
  const { prompt: _, urls: __, seeds: ___, prompts: ____, ...fields } = commonFields(result);
  return {
    ...fields,
    ...(result.film === undefined ? {} : { videoPath: result.film }),
    angles: angleEntries(result),
  };
}

function commonFields({ plan, delivered, saved, output }: RunResult): Record<string, unknown> {
  const paths = saved.flatMap(({ path }) => path ? [path] : []);
  const first = delivered[0];
  return {
    prompt: plan.prompt,
    model: plan.model,
    ...plan.summary,
    seed: first?.seed ?? plan.seed ?? null,
    seedStrategy: plan.seedStrategy,
    seeds: delivered.map(({ seed }) => seed ?? null),
    urls: delivered.map(({ url }) => url ?? null),
    prompts: delivered.map(({ prompt }) => prompt),
    projectIds: [...new Set(delivered.map(({ projectId }) => projectId))],
    localPath: output === undefined ? null : paths[0] ?? null,
    localPaths: output === undefined ? [] : saved.map(({ path }) => path ?? null),
    tokenType: plan.tokenType,
  };
}

/** Every output that is missing or could not be saved, in submission order. */
export function failureEntries({ missing, delivered, saved }: RunResult): FailureEntry[] {
  const failed = missing.filter(({ status }) => status === "failed")
    .map(({ position, error }) => failureEntry(position, error));
  const unsaved = saved.flatMap(({ error }, index) => {
    const position = delivered[index]?.position ?? index;
    return error ? [failureEntry(position, error)] : [];
  });
  return [...failed, ...unsaved].sort((a, b) => a.index - b.index);
}

function failureEntry(index: number, error: AppError | undefined): FailureEntry {
  const known = classify(error ?? new AppError("NO_OUTPUT", "nothing was delivered"));
  return {
    index,
    errorCode: known.code ?? "NO_OUTPUT",
    error: error?.message ?? "nothing was delivered",
    retryable: known.retryable,
  };
}
