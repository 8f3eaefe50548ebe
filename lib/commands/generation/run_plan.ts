/**
 * Sends the projects of a plan and follows them to the end: all outputs in submission order, one
 * failure never taking the others with it.
 */
import type { ProgressState } from "../../cli/progress.ts";
import { AppError } from "../../errors/app_error.ts";
import type { Plan, PlannedProject } from "../../plan/types.ts";
import type {
  GenerationService,
  LoadedMedia,
  ProjectOutput,
  ProjectProgress,
  RunningProject,
} from "../../service/types.ts";

/** One output of the whole run. */
export interface RunOutput extends ProjectOutput {
  /** Position in the run, over all projects. */
  position: number;
  projectId: string;
  /** The prompt of its project, with variations expanded. */
  prompt: string;
  project: PlannedProject;
  /** Asks for a new address of the result. */
  freshUrl?: () => Promise<string>;
}

/** Why a run ended before its projects did. */
export type StopReason = { kind: "timeout" } | { kind: "interrupt"; signal: string };

/** How a run ended. */
export interface RunOutcome {
  outputs: RunOutput[];
  projectIds: string[];
  /** Set when the run was stopped; its running projects were cancelled, or kept. */
  stopped?: StopReason & { cancelled: boolean; kept?: true };
  /** Set when the run was left to the service. */
  detached?: { acknowledged: boolean };
}

/** What a run needs. */
export interface RunRequest {
  plan: Plan;
  service: Pick<GenerationService, "submit">;
  /** References of the project at this index, already loaded. */
  media: (index: number) => readonly LoadedMedia[];
  /** Settles when the run shall stop: time is up, or a signal came. */
  stop: Promise<StopReason>;
  onProgress: (state: Omit<ProgressState, "elapsedSeconds" | "label">) => void;
  /** Hears the id of each project before its request leaves, which waits for it. */
  onSending?: (index: number, projectId: string) => Promise<void>;
  /** Leave as soon as the service has taken everything over. */
  detach?: boolean;
  /** An interrupt leaves the projects running. */
  keepOnInterrupt?: boolean;
}

const NOT_SENT = "It was not sent, because the run was stopped before it.";
const CANCEL_TIMEOUT_MS = 10_000;
/** A project that was sent this long ago is left even when the service has not answered. */
const TAKE_OVER_TIMEOUT_MS = 5000;
/** A refusal is told with the first sign of life; this long it may take to be understood. */
const REFUSAL_GRACE_MS = 100;

/** Runs a plan. Rejects only when nothing was sent because the first project was refused. */
export async function runPlan(request: RunRequest): Promise<RunOutcome> {
  const run = new Run(request);
  const work = run.all();
  work.catch(() => {});
  const taken = request.detach ? run.takenOver() : new Promise<never>(() => {});
  const stopped = await Promise.race([work.then(() => undefined), taken, request.stop]);
  const known = () => ({ outputs: run.outputs(), projectIds: run.ids() });
  if (!stopped) {
    // A service that is quicker than the leave-taking: the handle is good all the same.
    const isTaken = request.detach && run.outputs().some(({ status }) => status === "completed");
    return { ...known(), ...(isTaken ? { detached: { acknowledged: true } } : {}) };
  }
  if (stopped.kind === "taken-over") {
    return { ...known(), detached: { acknowledged: stopped.acknowledged } };
  }
  if (stopped.kind === "interrupt" && request.keepOnInterrupt) {
    await run.leave();
    run.explain(stopped, true);
    return { ...known(), stopped: { ...stopped, cancelled: false, kept: true } };
  }
  const cancelled = await run.cancel();
  run.explain(stopped, false);
  return {
    outputs: run.outputs(),
    projectIds: run.ids(),
    stopped: { ...stopped, cancelled },
  };
}

interface Slot {
  planned: PlannedProject;
  total: number;
  progress?: ProjectProgress;
  /** Settles when the project was sent or refused. */
  sending?: Promise<void>;
  /** Its request was allowed to leave. */
  announced?: boolean;
  running?: RunningProject;
  ended: boolean;
  outputs: ProjectOutput[];
}

class Run {
  readonly #slots: Slot[];
  #stopping = false;
  /** Those that were under way when the run was cancelled. */
  #cut: readonly Slot[] = [];
  #sent: () => void = () => {};
  readonly #allSent = new Promise<void>((resolve) => this.#sent = resolve);

  constructor(readonly request: RunRequest) {
    this.#slots = request.plan.projects.map((planned) => ({
      planned,
      total: planned.params.numberOfMedia,
      ended: false,
      outputs: [],
    }));
  }

  async all(): Promise<void> {
    const following: Promise<void>[] = [];
    for (const [index, slot] of this.#slots.entries()) {
      if (this.#stopping) return;
      try {
        slot.sending = this.request.service.submit(
          slot.planned.params,
          this.request.media(index),
          (progress) => this.#progress(slot, progress),
          (projectId) => this.#announce(slot, index, projectId),
        ).then((running) => void (slot.running = running));
        await slot.sending;
      } catch (error) {
        // Nothing is running yet: the refusal is the outcome of the command.
        if (!this.#slots.some(({ running }) => running)) throw error;
        this.#end(slot, [], asAppError(error));
        if (this.request.plan.allOrNone) break;
        continue;
      }
      if (!slot.running || this.#stopping) return;
      const done = slot.running.done.then(({ outputs, error }) => this.#end(slot, outputs, error));
      following.push(done);
      if (this.request.plan.order === "sequential" && !this.request.detach) await done;
      if (this.request.plan.allOrNone && slot.outputs.some(isMissing)) break;
    }
    this.#sent();
    await Promise.all(following);
  }

  /** Resolves when the service has shown that it works on every project, or long after sending. */
  async takenOver(): Promise<{ kind: "taken-over"; acknowledged: boolean }> {
    await this.#allSent;
    const deadline = performance.now() + TAKE_OVER_TIMEOUT_MS;
    const isTaken = () => this.#slots.every(({ progress, ended }) => progress || ended);
    while (!isTaken() && performance.now() < deadline) await pause(10);
    await pause(REFUSAL_GRACE_MS);
    // When all have ended the run itself has the word.
    if (this.#slots.every(({ ended }) => ended)) await new Promise<never>(() => {});
    return { kind: "taken-over", acknowledged: isTaken() };
  }

  /** Sends nothing more and cancels nothing. */
  async leave(): Promise<void> {
    this.#stopping = true;
    await this.#whatIsLeaving();
    for (const slot of this.#slots) {
      if (slot.ended) continue;
      const finished = slot.running?.finished() ?? [];
      slot.outputs = finished.filter(({ status, url }) => status === "completed" && url);
    }
  }

  ids(): string[] {
    return this.#slots.flatMap(({ running }) => running ? [running.id] : []);
  }

  outputs(): RunOutput[] {
    let start = 0;
    return this.#slots.flatMap((slot) => {
      const outputs = slot.outputs.map((output) => describe(slot, output, start));
      start += slot.total;
      return outputs;
    });
  }

  /** Cancels what is running; true when the service confirmed all of it. */
  async cancel(): Promise<boolean> {
    this.#stopping = true;
    await this.#whatIsLeaving();
    const open = this.#slots.filter((slot) => slot.running && !slot.ended);
    this.#cut = open;
    const confirmed = await Promise.all(open.map(async (slot) => {
      const answer = await slot.running?.cancel(CANCEL_TIMEOUT_MS) ?? true;
      // What was finished before is paid for and kept.
      const finished = slot.running?.finished() ?? [];
      slot.outputs = finished.filter(({ status }) => status === "completed");
      return answer;
    }));
    return confirmed.every(Boolean);
  }

  /** After a stop: what every output is missing for that was not finished. */
  explain(reason: StopReason, kept: boolean): void {
    const code = reason.kind === "timeout" ? "PROJECT_TIMEOUT" : "USER_CANCELLED";
    for (const slot of this.#slots) {
      // What was kept goes on, so nothing of it is missing.
      if ((slot.ended && !this.#cut.includes(slot)) || (slot.running && kept)) continue;
      const error = slot.running
        ? new AppError(code, "It was not finished when the run was stopped.")
        : new AppError(code, NOT_SENT, { details: { sent: false } });
      const known = new Map(slot.outputs.map((output) => [output.index, output]));
      slot.outputs = Array.from(
        { length: slot.total },
        (_, index) => known.get(index) ?? { index, status: "failed" as const, jobId: "", error },
      );
    }
  }

  /** A request leaves only when the run is not being stopped; from then on it has to be minded. */
  async #announce(slot: Slot, index: number, projectId: string): Promise<void> {
    if (this.#stopping) throw new Error("the run is being stopped");
    slot.announced = true;
    await this.request.onSending?.(index, projectId);
  }

  /** A signal may come while a project is being sent: then it is waited for. */
  async #whatIsLeaving(): Promise<void> {
    const leaving = this.#slots.filter(({ announced, running }) => announced && !running);
    const sent = Promise.allSettled(leaving.map(({ sending }) => sending));
    await Promise.race([sent, pause(CANCEL_TIMEOUT_MS)]);
  }

  #end(slot: Slot, outputs: ProjectOutput[], error?: AppError): void {
    slot.ended = true;
    const known = new Map(outputs.map((output) => [output.index, output]));
    slot.outputs = Array.from({ length: slot.total }, (_, index) => {
      const output = known.get(index);
      const missing = error ??
        new AppError("NO_OUTPUT", "The service delivered nothing for this output.");
      if (!output) return { index, status: "failed" as const, jobId: "", error: missing };
      return output.status === "failed" && !output.error ? { ...output, error: missing } : output;
    });
    this.#report();
  }

  #progress(slot: Slot, progress: ProjectProgress): void {
    slot.progress = progress;
    this.#report();
  }

  #report(): void {
    const slots = this.#slots;
    const total = slots.reduce((sum, slot) => sum + slot.total, 0);
    const weighted = slots.reduce((sum, slot) => sum + fractionOf(slot) * slot.total, 0);
    const completed = slots.reduce((sum, slot) => sum + completedOf(slot), 0);
    const etas = slots.flatMap((slot) => {
      const eta = slot.ended ? undefined : slot.progress?.etaSeconds;
      return eta === undefined ? [] : [eta];
    });
    const queue = slots.map((slot) => slot.ended ? undefined : slot.progress).find((progress) =>
      progress?.queuePosition !== undefined || progress?.noWorkers
    );
    this.request.onProgress({
      fraction: total === 0 ? 1 : weighted / total,
      completed,
      total,
      ...(etas.length > 0 ? { etaSeconds: Math.max(...etas) } : {}),
      ...(queue ? { phase: queueText(queue) } : {}),
    });
  }
}

function describe(slot: Slot, output: ProjectOutput, start: number): RunOutput {
  const { running } = slot;
  return {
    ...output,
    position: start + output.index,
    projectId: running?.id ?? "",
    prompt: slot.planned.params.positivePrompt,
    project: slot.planned,
    ...(running && output.jobId ? { freshUrl: () => running.freshUrl(output.jobId) } : {}),
  };
}

function isMissing({ status }: ProjectOutput): boolean {
  return status !== "completed";
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function fractionOf(slot: Slot): number {
  return slot.ended ? 1 : slot.progress?.fraction ?? 0;
}

function completedOf(slot: Slot): number {
  if (!slot.ended) return slot.progress?.completed ?? 0;
  return slot.outputs.filter(({ status }) => status === "completed").length;
}

function queueText(progress: ProjectProgress): string {
  if (progress.noWorkers) return "waiting for a worker";
  return `queued at place ${progress.queuePosition}`;
}

function asAppError(error: unknown): AppError {
  return error instanceof AppError
    ? error
    : new AppError("PROJECT_FAILED", error instanceof Error ? error.message : String(error), {
      cause: error,
    });
}
