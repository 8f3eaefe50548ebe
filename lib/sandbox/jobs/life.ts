/** The life of an admitted project: queue, work on every output, settlement, last messages. */
import { Stopped } from "../clock.ts";
import type { SandboxContext } from "../context.ts";
import type { Phase } from "../faults/script.ts";
import type { Hub } from "../socket/hub.ts";
import { errorFrame, OutputFailure, ProjectFailure } from "./failures.ts";
import { createOutbox, type Outbox } from "./outbox.ts";
import {
  isFinished,
  occasionOf,
  type Output,
  type Project,
  reservedFor,
  spentOn,
} from "./project.ts";
import { renderOutput } from "./render_output.ts";

/** A project at work and what it needs for that. */
export interface Life {
  readonly context: SandboxContext;
  readonly hub: Hub;
  readonly project: Project;
  readonly outbox: Outbox;
  /** Simulated work, as long as the faults make it. */
  work(milliseconds: number): Promise<void>;
  /**
   * Passes a point where faults may strike.
   * @throws ProjectFailure | OutputFailure as scripted
   */
  reach(phase: Phase, output?: Output): Promise<void>;
}

/** How often the service tells a waiting project about its place in the queue. */
const QUEUE_INTERVAL = 500;

/** Runs the project to its end; never rejects. */
export async function runProject(
  context: SandboxContext,
  hub: Hub,
  project: Project,
): Promise<void> {
  const life = startLife(context, hub, project);
  try {
    await queue(life);
    await Promise.all(project.outputs.map((output) => workOn(life, output)));
    await finish(life);
  } catch (error) {
    if (isFinished(project) || error instanceof Stopped) return;
    fail(life, error);
  }
}

/** Ends a project: its state, its money and what its app has to hear later. */
export function closeProject(
  context: SandboxContext,
  hub: Hub,
  project: Project,
  status: "completed" | "errored" | "cancelled",
  reason: string,
): void {
  project.status = status;
  project.reason = reason;
  project.endedAt = project.updatedAt = context.clock.now();
  project.unclaimed = !hub.isConnected(project.appId);
  for (const output of project.outputs) {
    if (output.status === "jobCompleted" || output.status === "jobError") continue;
    output.status = output.status === "created" ? "created" : "jobError";
    output.reason = reason;
    output.endedAt = project.endedAt;
  }
  context.ledger.settle(project.request.tokenType, reservedFor(project), spentOn(project));
  project.abort.abort();
}

function startLife(context: SandboxContext, hub: Hub, project: Project): Life {
  const { faults, clock } = context;
  const at = occasionOf(project);
  const slow = faults.strike("slow", at);
  const { signal } = project.abort;
  return {
    context,
    hub,
    project,
    outbox: createOutbox((type, data) => void hub.send(project.appId, type, data), {
      duplicate: faults.strike("duplicate", at) !== undefined,
      reorder: faults.strike("reorder", at) !== undefined,
    }),
    async work(milliseconds) {
      await clock.work(milliseconds * (slow?.factor ?? 1), signal);
      if (slow?.milliseconds) await clock.sleep(slow.milliseconds, signal);
    },
    async reach(phase, output) {
      const here = { ...at, phase, ...(output ? { output: output.index } : {}) };
      const drop = faults.strike("dropSocket", here);
      if (drop) hub.drop(project.appId, drop.closeCode, drop.reason);
      const error = faults.strike("error", here);
      if (error) {
        const wire = {
          code: error.code ?? "genfailure",
          message: error.message ?? "The sandbox was told to fail here.",
          ...(error.fields ? { fields: error.fields } : {}),
        };
        if (error.level === "output" && output) throw new OutputFailure(wire);
        throw new ProjectFailure(wire);
      }
      if (faults.strike("stall", here)) await clock.forever(signal);
    },
  };
}

async function queue(life: Life): Promise<void> {
  const { context, project, outbox } = life;
  project.status = "queued";
  const away = context.faults.strike("noWorkers", occasionOf(project)) !== undefined ||
    context.models.workers(project.model.id) === 0;
  do {
    outbox.emit("jobState", {
      type: "queued",
      jobID: project.id,
      queuePosition: context.projects.active().indexOf(project) + 1,
      estimatedStartSeconds: away ? null : 0,
      queueStatus: away ? "no-workers" : "waiting",
    });
    if (away) await context.clock.sleep(QUEUE_INTERVAL, project.abort.signal);
  } while (away);
  await life.reach("queued");
  project.status = "progress";
}

async function workOn(life: Life, output: Output): Promise<void> {
  const { context, project, outbox } = life;
  try {
    await renderOutput(life, output);
  } catch (error) {
    if (!(error instanceof OutputFailure) || project.abort.signal.aborted) throw error;
    output.status = "jobError";
    output.reason = String(error.wire.code);
    output.endedAt = context.clock.now();
    outbox.emit("jobError", errorFrame(project.id, error.wire, output.imageId));
  }
}

async function finish(life: Life): Promise<void> {
  const { context, hub, project, outbox } = life;
  await life.reach("completed");
  if (project.outputs.every(({ status }) => status === "jobError")) {
    outbox.flush();
    closeProject(context, hub, project, "errored", "genfailure");
  } else {
    closeProject(context, hub, project, "completed", "allJobsCompleted");
    if (!context.faults.strike("loseCompleted", occasionOf(project))) {
      outbox.emit("jobState", { type: "jobCompleted", jobID: project.id });
    }
    outbox.flush();
  }
  hub.send(project.appId, "balanceUpdate", context.ledger.sheet());
}

function fail(life: Life, error: unknown): void {
  const { context, hub, project, outbox } = life;
  const wire = error instanceof ProjectFailure
    ? error.wire
    : { code: "serverError", message: error instanceof Error ? error.message : String(error) };
  closeProject(context, hub, project, "errored", String(wire.code));
  outbox.emit("jobError", errorFrame(project.id, wire));
  outbox.flush();
  hub.send(project.appId, "balanceUpdate", context.ledger.sheet());
}
