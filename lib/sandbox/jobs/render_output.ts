/** The work on one output, from the model's start to the result. */
import type { Rendering } from "../artist/artist.ts";
import { resultKey } from "../storage/object_store.ts";
import { OutputFailure } from "./failures.ts";
import type { Life } from "./life.ts";
import { newImageId, occasionOf, type Output } from "./project.ts";
import { renderJob } from "./render_job.ts";

/** Milliseconds of simulated work by kind of medium. */
const WORK = { image: 150, video: 600, audio: 400 } as const;
/** Progress messages of one output, at most. */
const PROGRESS_MESSAGES = 6;
const MAX_ATTEMPTS = 3;

/** @throws OutputFailure, or ProjectFailure as scripted */
export async function renderOutput(life: Life, output: Output): Promise<void> {
  const at = { ...occasionOf(life.project), output: output.index };
  const retry = life.context.faults.strike("retry", at);
  const lastAttempt = Math.min(retry ? (retry.attempts ?? 1) + 1 : 1, MAX_ATTEMPTS);
  for (let attempt = 1; attempt < lastAttempt; attempt++) {
    await begin(life, output);
    await makeProgress(life, output, 1);
    abandon(life, output, attempt);
  }
  await begin(life, output);
  // The brush is at work while the progress is told, as on a real worker.
  const rendering = render(life, output);
  rendering.catch(() => {});
  await makeProgress(life, output);
  await deliver(life, output, rendering);
}

async function begin(life: Life, output: Output): Promise<void> {
  const { context, project, outbox } = life;
  const total = WORK[project.model.media];
  const state = {
    jobID: project.id,
    imgID: output.imageId,
    workerName: output.workerName,
    jobIndex: output.index,
    positivePrompt: project.request.prompt,
  };
  await life.work(total * 0.1);
  output.status = "initiatingModel";
  outbox.emit("jobState", { type: "initiatingModel", ...state });
  await life.reach("initiating", output);
  await life.work(total * 0.1);
  output.status = "jobStarted";
  output.startedAt = context.clock.now();
  outbox.emit("jobState", { type: "jobStarted", ...state });
  await life.reach("started", output);
}

/** @param messages how many progress messages until the attempt is given up; all by default */
async function makeProgress(life: Life, output: Output, messages?: number): Promise<void> {
  const { project, outbox } = life;
  const steps = project.request.steps ?? project.model.defaultSteps;
  const shown = Math.min(steps ?? PROGRESS_MESSAGES, PROGRESS_MESSAGES);
  const total = WORK[project.model.media] * 0.8;
  const ids = { jobID: project.id, imgID: output.imageId };
  for (let message = 1; message <= Math.min(shown, messages ?? shown); message++) {
    if (project.model.media !== "image") {
      const etaSeconds = Math.ceil(total * (1 - (message - 1) / shown) / 1000);
      outbox.emit("jobETA", { ...ids, etaSeconds });
    }
    await life.work(total / shown);
    output.status = "jobProgress";
    // Vendor models have no steps and tell a fraction.
    if (steps === undefined) outbox.emit("jobProgress", { ...ids, progress: message / shown });
    else {
      output.performedSteps = Math.round(steps * message / shown);
      outbox.emit("jobProgress", { ...ids, step: output.performedSteps, stepCount: steps });
    }
    if (message === Math.ceil(shown / 2)) await life.reach("progress", output);
  }
}

/** The attempt is lost; the next one has a new id and the same place. */
function abandon(life: Life, output: Output, attempt: number): void {
  life.outbox.emit("jobRetry", {
    jobID: life.project.id,
    imgID: output.imageId,
    jobIndex: output.index,
    attempt,
    maxAttempts: MAX_ATTEMPTS,
    isFromWorker: true,
    error: "workerDisconnected",
    error_message: "The worker went away.",
  });
  output.imageId = newImageId();
  output.performedSteps = 0;
  output.status = "created";
}

async function deliver(
  life: Life,
  output: Output,
  rendering: Promise<Rendering>,
): Promise<void> {
  const { context, project, outbox } = life;
  const at = { ...occasionOf(project), output: output.index };
  const filtered = context.faults.strike("filtered", at);
  output.withheld = filtered !== undefined && !filtered.detected && !project.request.filterDisabled;
  output.detected = filtered !== undefined && !output.withheld;
  output.sources = filtered ? filtered.sources ?? ["image"] : [];
  if (!output.withheld) {
    context.store.put(resultKey(project.id, output.imageId, "complete"), {
      ...await rendering,
      projectId: project.id,
      output: output.index,
    });
  }
  if (project.abort.signal.aborted) return;
  output.status = "jobCompleted";
  output.reason = "jobCompleted";
  output.endedAt = project.updatedAt = context.clock.now();
  await life.reach("result", output);
  if (context.faults.strike("loseResult", at)) return;
  outbox.emit("jobResult", {
    jobID: project.id,
    imgID: output.imageId,
    performedStepCount: output.performedSteps,
    lastSeed: String(output.seed),
    userCanceled: false,
    triggeredNSFWFilter: output.withheld,
    ...(output.detected ? { nsfwDetected: true } : {}),
    ...(output.sources.length > 0 ? { nsfwSources: output.sources } : {}),
    outputFormat: project.request.format,
  });
}

async function render(life: Life, output: Output): Promise<Rendering> {
  const { context, project } = life;
  const uploads = [...context.store.uploads(project.id)];
  const inputs = new Map(uploads.map(([slot, { bytes }]) => [slot, bytes]));
  try {
    return await context.artist.render(renderJob(project, output, inputs));
  } catch (error) {
    throw new OutputFailure({
      code: "genfailure",
      message: error instanceof Error ? error.message : String(error),
    });
  }
}
