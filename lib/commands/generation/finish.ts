/** The end of a run: files, record, report, exit code. */
import { isAbsolute, resolve } from "node:path";
import { AppError } from "../../errors/app_error.ts";
import { embedMetadata } from "../../media/image/metadata.ts";
import { VERSION } from "../../platform/version.ts";
import { angleFile } from "../../plan/image/angle_files.ts";
import type { Plan } from "../../plan/types.ts";
import { writeLastRender } from "../../store/last_render.ts";
import type { CommandContext } from "../context.ts";
import { interrupted } from "../execute.ts";
import { azimuthOf } from "./angle_result.ts";
import type { Access } from "./connection.ts";
import { outputPaths } from "./output_paths.ts";
import {
  isMultiAngle,
  lastRenderRecord,
  resultLines,
  type RunResult,
  successObject,
} from "./result.ts";
import type { RunOutcome, RunOutput } from "./run_plan.ts";
import { type SavedOutput, saveOutputs, writeFailure } from "./save_outputs.ts";
import type { Settings } from "./settings.ts";

/** Exit code of a run some of whose results the content filter withheld. */
const EXIT_WITHHELD = 10;
const DOWNLOAD_TIMEOUT_MS = 30 * 60_000;

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
  const isFolder = (await host.files.stat(absolute(host.facts.cwd, output)))?.kind === "directory";
  const target = { output, isFolder };
  const naming = { ...target, extension: plan.extension, prompt: plan.prompt };
  const [first = output] = isMultiAngle(plan)
    ? [angleFile(output, "front", plan.extension, 0, 1)]
    : outputPaths(naming, 1);
  const probe = `${absolute(host.facts.cwd, first)}.part-${host.facts.pid}`;
  try {
    // Makes the folders that are missing and shows that they can be written.
    await host.files.create(probe, "");
    await host.files.remove(probe);
  } catch (error) {
    const code = String((error as { code?: unknown }).code ?? "");
    throw writeFailure(first, code, error instanceof Error ? error.message : String(error), error);
  }
  return target;
}

/** What the end of a run needs. */
export interface FinishRequest {
  context: CommandContext;
  settings: Settings;
  plan: Plan;
  outcome: RunOutcome;
  target: OutputTarget | undefined;
  access: Access;
}

/** Saves, records and reports; returns the exit code or throws what went wrong. */
export async function finish(request: FinishRequest): Promise<number> {
  const { context, settings, plan, outcome, access } = request;
  const { host, report, invocation } = context;
  const delivered = outcome.outputs.filter(({ status, url }) => status === "completed" && url);
  const saved = await save(request, delivered);
  const result: RunResult = {
    plan,
    delivered,
    saved,
    missing: outcome.outputs.filter((output) => !delivered.includes(output)),
    output: invocation.options.output,
    sandbox: access.sandbox,
  };
  if (delivered.length > 0) {
    const record = lastRenderRecord(result, new Date(), invocation.options.quality ?? null);
    await writeLastRender(host, settings.paths, record).catch((error: unknown) =>
      report.warn(`the render could not be recorded: ${String(error)}`)
    );
  }
  const error = failureOf(outcome, result);
  if (error) throw error;
  const withheld = result.missing.filter(({ status }) => status === "withheld").length;
  if (withheld > 0) {
    report.warn(
      `${withheld} of ${outcome.outputs.length} results were withheld by the content filter.`,
    );
  }
  for (const output of result.missing) {
    if (output.error) report.warn(`output ${output.position + 1}: ${output.error.message}`);
  }
  for (const { error: unsaved } of saved) if (unsaved) report.warn(unsaved.message);
  report.result(successObject(result), resultLines(result));
  return withheld > 0 ? EXIT_WITHHELD : 0;
}

async function save(
  { context, plan, target, access }: FinishRequest,
  delivered: readonly RunOutput[],
): Promise<SavedOutput[]> {
  if (!target) return [];
  const { host, report } = context;
  const paths = pathsFor(target, plan, delivered);
  const saved = await saveOutputs({
    host,
    outputs: delivered,
    paths: paths.map((path) => absolute(host.facts.cwd, path)),
    allowLoopback: access.allowLoopback,
    timeoutMs: DOWNLOAD_TIMEOUT_MS,
    onSaved: (path) => report.note(`Saved to ${path}`),
    warn: (text) => report.warn(text),
    stamp: (path, output) => stamp(context, path, output, access.sandbox),
  });
  // What the caller typed is what the caller gets back.
  return saved.map((entry, index) => {
    const typed = paths[index];
    const unchanged = typed !== undefined && entry.path === absolute(host.facts.cwd, typed);
    return unchanged ? { ...entry, path: typed } : entry;
  });
}

function pathsFor(target: OutputTarget, plan: Plan, delivered: readonly RunOutput[]): string[] {
  if (!isMultiAngle(plan)) {
    const naming = { ...target, extension: plan.extension, prompt: plan.prompt };
    return outputPaths(naming, delivered.length);
  }
  return delivered.map((output) => {
    const count = output.project.params.numberOfMedia;
    return angleFile(target.output, azimuthOf(output), plan.extension, output.index, count);
  });
}

const MAX_STAMPED_BYTES = 64 * 1024 * 1024;

/** Writes what a picture was made of into it; a picture that cannot take it stays as it is. */
async function stamp(
  { host, report }: CommandContext,
  path: string,
  output: RunOutput,
  sandbox: boolean,
): Promise<void> {
  const { params } = output.project;
  if (params.type !== "image") return;
  try {
    const bytes = await host.files.readBytes(path, MAX_STAMPED_BYTES);
    const seed = output.seed ?? params.seed;
    const stamped = embedMetadata(bytes, {
      prompt: params.positivePrompt,
      model: params.modelId,
      ...(seed === undefined ? {} : { seed: String(seed) }),
      projectId: output.projectId,
      jobId: output.jobId,
      software: `sogni-agent ${VERSION}`,
      ...(sandbox ? { sandbox: "true" } : {}),
    });
    if (stamped !== bytes) await host.files.writeAtomic(path, stamped);
  } catch (error) {
    report.warn(`no metadata was written into ${path}: ${String(error)}`);
  }
}

function failureOf(outcome: RunOutcome, result: RunResult): AppError | undefined {
  const { stopped, projectIds } = outcome;
  const kept = keptFacts(result);
  if (stopped?.kind === "interrupt") {
    const error = interrupted(
      stopped.signal,
      stopped.cancelled
        ? "Interrupted; the running project was cancelled."
        : "Interrupted; the service did not confirm that the project was cancelled.",
    );
    return withDetails(error, { projectIds, canceled: stopped.cancelled, ...kept });
  }
  if (stopped) return timeoutError(outcome, result.plan, stopped.cancelled, kept);
  if (result.delivered.length > 0) {
    const unsaved = result.saved.find(({ error }) => error)?.error;
    const noneSaved = result.saved.length > 0 && result.saved.every(({ path }) => !path);
    return noneSaved && unsaved
      ? withDetails(unsaved, { projectIds, urls: kept.urls ?? [] })
      : undefined;
  }
  const failed = result.missing.find(({ error }) => error)?.error;
  if (failed) return withDetails(failed, { projectIds });
  if (result.missing.length === 0) {
    return new AppError("NO_OUTPUT", "The service delivered nothing.", { details: { projectIds } });
  }
  return new AppError(
    "CONTENT_FILTERED",
    "Every result was withheld by the content filter.",
    {
      details: { projectIds, withheld: result.missing.length },
      hint:
        "Change the prompt; --no-filter asks for unfiltered results where the account allows it.",
    },
  );
}

/** Results that were finished and paid for before the run was stopped. */
function keptFacts({ delivered, saved }: RunResult): Record<string, unknown> {
  if (delivered.length === 0) return {};
  return {
    urls: delivered.map(({ url }) => url),
    saved: saved.flatMap(({ path }) => path ? [path] : []),
  };
}

function timeoutError(
  { projectIds }: RunOutcome,
  plan: Plan,
  canceled: boolean,
  kept: Record<string, unknown>,
): AppError {
  const { timeoutSeconds } = plan;
  return new AppError(
    canceled ? "PROJECT_TIMEOUT" : "PROJECT_TIMEOUT_CANCEL_FAILED",
    canceled
      ? `The render did not finish within ${timeoutSeconds} s and was cancelled.`
      : `The render did not finish within ${timeoutSeconds} s; cancelling it was not confirmed.`,
    {
      details: { timeoutSeconds, projectIds, canceled, ...kept },
      hint: `Give it more time with --timeout, e.g. --timeout ${timeoutSeconds * 2}.`,
    },
  );
}

function withDetails(error: AppError, details: Record<string, unknown>): AppError {
  return new AppError(error.code, error.message, {
    details: { ...error.details, ...details },
    ...(error.hint ? { hint: error.hint } : {}),
    cause: error,
  });
}

function absolute(cwd: string, path: string): string {
  return isAbsolute(path) ? path : resolve(cwd, path);
}
