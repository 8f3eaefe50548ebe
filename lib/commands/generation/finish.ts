/** The end of a run: files, later stages, record, report, exit code. */
import { errorEntry } from "../../errors/registry.ts";
import type { Plan, PlanInput } from "../../plan/types.ts";
import { writeLastRender } from "../../store/last_render.ts";
import type { CommandContext } from "../context.ts";
import type { Access } from "./connection.ts";
import type { JobEntry } from "../jobs/job_entry.ts";
import { changeAfterSaving, unsettledError } from "./job_state.ts";
import { absolutePath, type OutputTarget, pathsFor } from "./output_target.ts";
import { lastRenderRecord, resultLines, type RunResult, successObject } from "./result.ts";
import { failureOf } from "./run_failure.ts";
import type { RunOutcome, RunOutput } from "./run_plan.ts";
import { type SavedOutput, saveOutputs } from "./save_outputs.ts";
import type { Settings } from "./settings.ts";
import { makeContactSheet, showPreviews } from "./show.ts";
import { closeLoop, type StageRequest } from "./stages.ts";
import { stamp, stampFields } from "./stamp.ts";
import { makeTurnFilm } from "./turn_film.ts";

/** Exit code of a run some of whose results the content filter withheld. */
const EXIT_WITHHELD = 10;
const DOWNLOAD_TIMEOUT_MS = 30 * 60_000;

/** What the end of a run needs. */
export interface FinishRequest {
  context: CommandContext;
  settings: Settings;
  plan: Plan;
  outcome: RunOutcome;
  input: PlanInput;
  target: OutputTarget | undefined;
  access: Access;
  /** Its job in the journal. */
  entry: JobEntry;
  /** What it cost, as far as the service has said so when asked. */
  bill?: () => { billed?: number };
  /** Renders a later stage whose results go to `paths`. */
  render: StageRequest["render"];
}

/** Saves, records and reports; returns the exit code or throws what went wrong. */
export async function finish(request: FinishRequest): Promise<number> {
  const { context, settings, plan, outcome, access, entry } = request;
  const { host, report, invocation } = context;
  const delivered = outcome.outputs.filter(({ status, url }) => status === "completed" && url);
  const saved = await save(request, delivered);
  await closeEntry(request, delivered, saved);
  const result: RunResult = {
    plan,
    delivered,
    saved,
    missing: outcome.outputs.filter((output) => !delivered.includes(output)),
    output: invocation.options.output,
    sandbox: access.sandbox,
    ...(entry.id === undefined ? {} : { jobId: entry.id }),
  };
  if (delivered.length > 0) {
    const record = lastRenderRecord(result, new Date(), invocation.options.quality ?? null);
    await writeLastRender(host, settings.paths, record).catch((error: unknown) =>
      report.warn(`the render could not be recorded: ${(error as Error).message}`)
    );
  }
  const error = failureOf(outcome, result);
  if (error) throw error;
  await laterStages(request, result);
  await makeContactSheet(context, result);
  const withheld = result.missing.filter(({ status }) => status === "withheld").length;
  tellWhatIsMissing(context, result, withheld);
  await showPreviews(context, result);
  report.result(successObject(result), resultLines(result));
  return withheld > 0 ? EXIT_WITHHELD : 0;
}

/** The journal hears what is on disk before anything else is done. */
async function closeEntry(
  { context, entry, bill, outcome }: FinishRequest,
  delivered: readonly RunOutput[],
  saved: readonly SavedOutput[],
): Promise<void> {
  if (delivered.length === 0) return;
  const { cwd } = context.host.facts;
  const unsettled = unsettledError(outcome.outputs);
  const absolute = (path: string) => absolutePath(cwd, path);
  const change = changeAfterSaving(delivered, saved, absolute, unsettled);
  // A job that was let go keeps its state: the rest of it is still under way.
  if (!entry.isHeld) await entry.change({ files: change.files ?? [] });
  else await entry.change({ ...change, ...bill?.() });
}

function tellWhatIsMissing(
  { report }: CommandContext,
  { missing, saved, delivered }: RunResult,
  withheld: number,
): void {
  if (withheld > 0) {
    const total = missing.length + delivered.length;
    report.warn(`${withheld} of ${total} results were withheld by the content filter.`);
  }
  for (const { position, error } of missing) {
    if (error) report.warn(`output ${position + 1} failed: ${error.message}`);
  }
  for (const { error } of saved) {
    if (error) report.warn(`${error.message} (${errorEntry(error.code).doc})`);
  }
}

async function laterStages(request: FinishRequest, result: RunResult): Promise<void> {
  const { plan, context, render, access } = request;
  const { cwd } = context.host.facts;
  const stage = { context, plan, render, allowLoopback: access.allowLoopback };
  const files = result.delivered.map((output, index) => ({ output, path: pathOf(result, index) }));
  if (plan.followUp) {
    const finished = files.flatMap(({ path }) => path === undefined ? [] : [path]);
    for (const { output, path } of files) {
      if (path === undefined) continue;
      const params = { ...plan.followUp.params, positivePrompt: output.prompt };
      const first = absolutePath(cwd, path);
      await closeLoop(stage, { ...plan.followUp, params }, first, finished);
      await stamp(context, first, "video", stampFields(output, access.sandbox));
    }
  }
  await makeTurnFilm(request, result);
}

function pathOf({ saved }: RunResult, index: number): string | undefined {
  return saved[index]?.path;
}

async function save(
  { context, plan, target, access }: FinishRequest,
  delivered: readonly RunOutput[],
): Promise<SavedOutput[]> {
  if (!target) return [];
  const { host, report } = context;
  const { sandbox } = access;
  const paths = pathsFor(target, plan, delivered);
  const saved = await saveOutputs({
    host,
    outputs: delivered,
    paths: paths.map((path) => absolutePath(host.facts.cwd, path)),
    allowLoopback: access.allowLoopback,
    timeoutMs: DOWNLOAD_TIMEOUT_MS,
    onSaved: (path) => report.note(`Saved to ${path}`),
    warn: (text) => report.warn(text),
    stamp: (path, output) =>
      stamp(context, path, plan.projects[0]?.params.type ?? "image", stampFields(output, sandbox)),
  });
  // What the caller typed is what the caller gets back.
  return saved.map((entry, index) => {
    const typed = paths[index];
    const unchanged = typed !== undefined && entry.path === absolutePath(host.facts.cwd, typed);
    return unchanged ? { ...entry, path: typed } : entry;
  });
}
