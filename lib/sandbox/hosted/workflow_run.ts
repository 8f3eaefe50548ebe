/** One hosted workflow: its steps are carried out one after the other. */
import { randomUUID } from "node:crypto";
import type { SandboxContext } from "../context.ts";
import { isObject } from "../http/reply.ts";
import { createEventLog, type EventLog } from "./event_log.ts";
import { costOf, type HostedArtifact, renderTool, type ToolArguments } from "./hosted_media.ts";
import { scriptedTrouble } from "./trouble.ts";

/** A step that was checked. */
export interface WorkflowStep {
  readonly id: string;
  readonly toolName: string;
  readonly arguments: ToolArguments;
}

/** A workflow. */
export interface HostedWorkflow {
  readonly id: string;
  readonly log: EventLog;
  status(): string;
  cancel(): void;
  /** Goes on with the step that waited or failed. */
  resume(): void;
  record(): Record<string, unknown>;
}

const STEP_MS = 150;

/** What a workflow costs, in capacity units. */
export function workflowCost(steps: readonly WorkflowStep[]): number {
  return steps.reduce((sum, step) => sum + costOf(step.toolName, step.arguments), 0);
}

/** Starts a workflow; it goes on by itself. */
export function startHostedWorkflow(
  context: SandboxContext,
  input: Readonly<Record<string, unknown>>,
  steps: readonly WorkflowStep[],
): HostedWorkflow {
  const id = `wf_${randomUUID()}`;
  const log = createEventLog(context);
  const artifacts: (HostedArtifact & { stepId: string })[] = [];
  const states = steps.map(() => "pending");
  const createTime = context.clock.now();
  let abort = new AbortController();
  let status = "queued";
  let updateTime = createTime;
  let error: unknown;
  let events = 0;
  const emit = (event: string, data: Record<string, unknown>) => {
    events += 1;
    updateTime = context.clock.now();
    log.add({ id: `evt_${events}`, event, data: { ...data, workflowId: id } });
  };
  const setStatus = (next: string, extra: Record<string, unknown> = {}) => {
    status = next;
    emit("workflow.status", { status: next, ...extra });
    if (next !== "running") log.close();
  };
  const runStep = async (index: number, step: WorkflowStep): Promise<boolean> => {
    states[index] = "running";
    emit("workflow.step", { stepId: step.id, toolName: step.toolName, status: "running" });
    await context.clock.work(STEP_MS, abort.signal);
    const prompt = typeof step.arguments.prompt === "string" ? step.arguments.prompt : "";
    const trouble = scriptedTrouble(context, prompt);
    if (trouble) throw Object.assign(new Error(trouble.message), { code: trouble.code });
    if (context.faults.strike("stall", { prompt, phase: "started" })) {
      await context.clock.forever(abort.signal);
    }
    if (step.toolName === "ask_clarifying_question" && states[index] !== "answered") {
      states[index] = "answered";
      return false;
    }
    for (const artifact of await renderTool(context, step.toolName, step.arguments)) {
      artifacts.push({ ...artifact, stepId: step.id });
      emit("workflow.artifact", { stepId: step.id, artifact });
    }
    states[index] = "completed";
    emit("workflow.step", { stepId: step.id, toolName: step.toolName, status: "completed" });
    return true;
  };
  const work = async () => {
    setStatus("running");
    for (const [index, step] of steps.entries()) {
      if (states[index] === "completed" || states[index] === "answered") continue;
      if (!await runStep(index, step)) return setStatus("waiting_for_user");
    }
    setStatus("completed");
  };
  const run = () => {
    const signal = abort.signal;
    work().catch((cause: unknown) => {
      if (signal.aborted || status !== "running") return;
      const message = cause instanceof Error ? cause.message : String(cause);
      const code = isObject(cause) ? cause.code : undefined;
      error = { message, ...(code === undefined ? {} : { code }) };
      const index = states.indexOf("running");
      if (index >= 0) states[index] = "failed";
      setStatus(artifacts.length > 0 ? "partial_failure" : "failed", { error });
    });
  };
  // After the answer to the start has gone out.
  setTimeout(run, 0);
  return {
    id,
    log,
    status: () => status,
    cancel() {
      if (!["queued", "running", "waiting_for_user"].includes(status)) return;
      abort.abort();
      setStatus("cancelled");
    },
    resume() {
      abort = new AbortController();
      error = undefined;
      log.reopen();
      run();
    },
    record: () => ({
      workflowId: id,
      status,
      title: typeof input.title === "string" ? input.title : "Untitled",
      input,
      steps: steps.map((step, index) => ({ ...step, status: states[index] })),
      artifacts,
      createTime,
      updateTime,
      ...(error === undefined ? {} : { error }),
      sandbox: true,
    }),
  };
}
