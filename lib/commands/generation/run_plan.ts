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
  /** Set when the run was stopped; its running projects were cancelled. */
  stopped?: StopReason & { cancelled: boolean };
}

/** What a run needs. */
export interface RunRequest {
  plan: Plan;
  service: GenerationService;
  /** References of the project at this index, already loaded. */
  media: (index: number) => readonly LoadedMedia[];
  /** Settles when the run shall stop: time is up, or a signal came. */
  stop: Promise<StopReason>;
  onProgress: (state: Omit<ProgressState, "elapsedSeconds" | "label">) => void;
}

const CANCEL_TIMEOUT_MS = 10_000;

/** Runs a plan. Rejects only when nothing was sent because the first project was refused. */
export async function runPlan(request: RunRequest): Promise<RunOutcome> {
  const run = new Run(request);
  const work = run.all();
  work.catch(() => {});
  const stopped = await Promise.race([work.then(() => undefined), request.stop]);
  if (!stopped) return { outputs: run.outputs(), projectIds: run.ids() };
  const cancelled = await run.cancel();
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
  running?: RunningProject;
  ended: boolean;
  outputs: ProjectOutput[];
}

class Run {
  readonly #slots: Slot[];
  #stopping = false;

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
        slot.running = await this.request.service.submit(
          slot.planned.params,
          this.request.media(index),
          (progress) => this.#progress(slot, progress),
        );
      } catch (error) {
        // Nothing is running yet: the refusal is the outcome of the command.
        if (!this.#slots.some(({ running }) => running)) throw error;
        this.#end(slot, [], asAppError(error));
        continue;
      }
      if (this.#stopping) {
        // The signal came while the project was being sent.
        await slot.running.cancel(CANCEL_TIMEOUT_MS);
        return;
      }
      const done = slot.running.done.then(({ outputs, error }) => this.#end(slot, outputs, error));
      following.push(done);
      if (this.request.plan.order === "sequential") await done;
    }
    await Promise.all(following);
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
    const open = this.#slots.filter((slot) => slot.running && !slot.ended);
    const confirmed = await Promise.all(open.map(async (slot) => {
      const answer = await slot.running?.cancel(CANCEL_TIMEOUT_MS) ?? true;
      // What was finished before is paid for and kept.
      const finished = slot.running?.finished() ?? [];
      slot.outputs = finished.filter(({ status }) => status === "completed");
      return answer;
    }));
    return confirmed.every(Boolean);
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
