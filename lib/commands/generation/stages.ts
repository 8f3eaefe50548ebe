/** What comes after the first results: the way back of a loop, the film of a turn. */
import { basename, dirname, isAbsolute, join, resolve } from "node:path";
import { AppError } from "../../errors/app_error.ts";
import { concatVideos } from "../../media/film/concat.ts";
import { extractFrame } from "../../media/film/frames.ts";
import type { LoopBack, Plan, PlanInput } from "../../plan/types.ts";
import { type AngleFrame, planAngleClips } from "../../plan/video/angle_clips.ts";
import type { CommandContext } from "../context.ts";
import type { JobEntry } from "../jobs/job_entry.ts";
import { azimuthOf } from "./angle_result.ts";
import { inspectReference } from "./inspect.ts";
import { changeAfterSaving } from "./job_state.ts";
import { numbered } from "./output_paths.ts";
import { failureOf } from "./run_failure.ts";
import type { RunOutcome, RunOutput } from "./run_plan.ts";
import { type SavedOutput, saveOutputs } from "./save_outputs.ts";
import { makeTempFolder } from "../../media/temp_folder.ts";

/** A stage that was rendered, and its job in the journal. */
export interface StageRun {
  outcome: RunOutcome;
  entry: JobEntry;
  bill?: () => { billed?: number };
}

/** How a stage renders and saves. */
export interface StageRequest {
  context: CommandContext;
  plan: Plan;
  /** Renders a plan of a later stage whose results go to `paths`. */
  render: (plan: Plan, paths: readonly string[]) => Promise<StageRun>;
  allowLoopback: boolean;
}

const TRANSFER_TIMEOUT_MS = 30 * 60_000;

/**
 * Renders the way back of a loop and joins both clips into the first one's file. The first clip
 * stays in place until the joined one replaces it.
 *
 * @param finished files that are there whatever happens now, told with a failure
 */
export async function closeLoop(
  request: StageRequest,
  followUp: LoopBack,
  firstClip: string,
  finished: readonly string[],
): Promise<void> {
  const { context, plan } = request;
  const { host, report } = context;
  const folder = await makeTempFolder(host, "sogni-loop-");
  try {
    const frame = join(folder, "last.png");
    await extractFrame(host, "last", firstClip, frame);
    const start = { slot: "referenceImage", source: frame, transfer: "bytes" } as const;
    report.note("Rendering the way back of the loop...");
    const back = {
      ...withoutLater(plan),
      projects: [{ params: followUp.params, media: [start, followUp.end] }],
    };
    const [clip] = await renderAll(request, back, [hiddenPart(firstClip, 1)]);
    await concatVideos(host, {
      output: firstClip,
      clips: [firstClip, clip ?? firstClip],
      purpose: "--looping",
    });
    if (clip) await host.files.remove(clip);
  } catch (error) {
    throw kept(error, finished, "The first clip of the loop is finished and kept.");
  } finally {
    await host.files.remove(folder);
  }
}

/** Renders the clips between the pictures of a turn and joins them into `film`. */
export async function filmTurn(
  request: StageRequest,
  input: PlanInput,
  pictures: readonly { output: RunOutput; path: string }[],
  film: string,
): Promise<void> {
  const { context, plan } = request;
  const { host, report } = context;
  if (pictures.length < 2) {
    throw new AppError("NO_OUTPUT", "A film needs two pictures of the turn or more.", {
      details: { pictures: pictures.length },
      hint: "Run the command again; the service delivered too few pictures.",
    });
  }
  const frames: AngleFrame[] = [];
  for (const { output, path } of pictures) {
    const facts = await inspectReference(host, path);
    const size = facts?.width && facts.height ? { width: facts.width, height: facts.height } : {};
    frames.push({ azimuth: azimuthOf(output), path, ...size });
  }
  const clips = planAngleClips(input, plan, frames);
  for (const { text } of clips.notes) report.note(text);
  const target = isAbsolute(film) ? film : resolve(host.facts.cwd, film);
  const parts = clips.projects.map((_, index) => hiddenPart(target, index + 1));
  let saved: string[] = [];
  try {
    const stage: Plan = {
      ...withoutLater(plan),
      medium: "video",
      branch: "video",
      model: clips.model,
      projects: clips.projects,
      order: "sequential",
      allOrNone: true,
      timeoutSeconds: clips.timeoutSeconds,
      extension: "mp4",
    };
    saved = await renderAll(request, stage, parts);
    await concatVideos(host, { output: target, clips: saved, purpose: "--angles-360-video" });
    for (const part of saved) await host.files.remove(part);
    report.note(`Saved to ${film}`);
  } catch (error) {
    const made = [...pictures.map(({ path }) => path), ...saved];
    throw kept(error, made, "The pictures of the turn are finished and kept.");
  }
}

/** A part of a film beside it, by a name that no other result has: `.film-1.mp4` for `film.mp4`. */
function hiddenPart(film: string, number: number): string {
  return numbered(join(dirname(film), `.${basename(film)}`), number);
}

/** A stage has none of its own. */
function withoutLater({ followUp: _, later: __, ...plan }: Plan): Plan {
  return plan;
}

/** Renders a stage whose every output is needed; what was made before a failure is kept. */
async function renderAll(
  { context, render, allowLoopback }: StageRequest,
  plan: Plan,
  paths: readonly string[],
): Promise<string[]> {
  const { host, report } = context;
  const { outcome, entry, bill } = await render(plan, paths);
  const { outputs, stopped } = outcome;
  const delivered = outputs.filter(({ status, url }) => status === "completed" && url);
  const saved: SavedOutput[] = await saveOutputs({
    host,
    outputs: delivered,
    paths,
    allowLoopback,
    timeoutMs: TRANSFER_TIMEOUT_MS,
    onSaved: () => {},
    warn: (text) => report.warn(text),
  });
  if (delivered.length > 0) {
    const change = changeAfterSaving(delivered, saved, (path) => path);
    await entry.change(entry.isHeld ? { ...change, ...bill?.() } : { files: change.files ?? [] });
  }
  const result = { plan, delivered, saved, output: undefined, sandbox: false };
  const missing = outputs.filter((output) => !delivered.includes(output));
  const error = stopped
    ? failureOf(outcome, { ...result, missing })
    : whyIncomplete(plan, missing, delivered) ?? saved.find(({ error }) => error)?.error;
  const made = saved.flatMap(({ path }) => path === undefined ? [] : [path]);
  if (!error) return made;
  throw new AppError(error.code, error.message, {
    details: { ...error.details, saved: made },
    ...(error.hint ? { hint: error.hint } : {}),
    cause: error,
  });
}

function whyIncomplete(
  { projects }: Plan,
  missing: readonly RunOutput[],
  delivered: readonly RunOutput[],
): AppError | undefined {
  const failed = missing.find(({ error }) => error)?.error;
  if (failed || delivered.length >= projects.length) return failed;
  const withheld = missing.some(({ status }) => status === "withheld");
  return new AppError(
    withheld ? "CONTENT_FILTERED" : "NO_OUTPUT",
    withheld
      ? "A clip of the film was withheld by the content filter."
      : "A clip of the film was not delivered.",
    { details: { clips: projects.length, delivered: delivered.length } },
  );
}

function kept(error: unknown, saved: readonly string[], note: string): unknown {
  if (!(error instanceof AppError)) return error;
  const made = error.details?.saved;
  return new AppError(error.code, error.message, {
    details: { ...error.details, saved: [...saved, ...(Array.isArray(made) ? made : [])] },
    hint: [error.hint, note].filter(Boolean).join(" "),
    cause: error,
  });
}
