/** Renders a plan: connects, sends, follows, and stops in time. */
import { AppError } from "../../errors/app_error.ts";
import type { Plan } from "../../plan/types.ts";
import type { Job, JobDestination } from "../../platform/journal.ts";
import { timerMs } from "../../platform/timer_limit.ts";
import type { GenerationService } from "../../service/types.ts";
import type { CommandContext } from "../context.ts";
import { interrupted } from "../execute.ts";
import { enterJob } from "../jobs/enter_job.ts";
import type { JobEntry } from "../jobs/job_entry.ts";
import { createPrinter } from "../printer.ts";
import { type Access, connect, type ConnectionRequest } from "./connection.ts";
import { changeAfterRun } from "./job_state.ts";
import { lookOnceMore } from "./last_look.ts";
import { loadReferences } from "./references.ts";
import { withBalanceHint } from "./run_failure.ts";
import { type RunOutcome, runPlan, type RunRequest, type StopReason } from "./run_plan.ts";
import { createUpload } from "./upload.ts";

/** What rendering needs besides the plan. */
export interface RenderRequest {
  connection: ConnectionRequest;
  access: Access;
  /** Called when connected, before anything is sent: balance and cost checks. */
  beforeSubmit: (service: GenerationService, plan: Plan, entry: JobEntry) => Promise<void>;
  /** Where the results shall go, for whoever has to collect them. */
  destination: JobDestination;
  /** What `--last-image` stands for: a result of the service itself. */
  ownResult?: string;
  /** Leave as soon as the service has taken over. */
  detach?: boolean;
  /** Hears of open jobs that nobody looks after. */
  onOrphans?: (orphans: readonly Job[]) => void;
}

/** A plan as it was sent, and how that ended. */
export interface RenderedPlan {
  plan: Plan;
  outcome: RunOutcome;
  /** Its job in the journal; to be closed when the results are saved. */
  entry: JobEntry;
  /** What it cost, as far as the service has said so when asked. */
  bill?: () => { billed?: number };
}

/** Renders, and once more with the other balance when the first does not suffice. */
export async function render(
  context: CommandContext,
  plan: Plan,
  request: RenderRequest,
): Promise<RenderedPlan> {
  const stop = stopSignal(context, totalTimeout(plan));
  try {
    const done = await renderOnce(context, plan, request, stop);
    if (!plan.tokenFallback || !isBalanceShort(done.outcome)) return done;
  } catch (error) {
    if (!isShort(error)) throw error;
    if (!plan.tokenFallback) throw withBalanceHint(error, plan);
  }
  context.report.note("Insufficient SPARK balance - retrying with SOGNI.");
  try {
    return await renderOnce(context, withToken(plan, "sogni"), request, stop);
  } catch (error) {
    throw isShort(error) ? withBalanceHint(error, plan) : error;
  }
}

async function renderOnce(
  context: CommandContext,
  plan: Plan,
  request: RenderRequest,
  stop: Promise<StopReason>,
): Promise<RenderedPlan> {
  const { connection: wanted, access } = request;
  const stopped = stop.then((reason) => {
    throw stopError(reason, plan);
  });
  stopped.catch(() => {});
  // References are read while the connection opens; a missing file wins over a slow network.
  const connecting = connect(access, wanted);
  connecting.catch(() => {});
  const again = context.invocation.options.again ?? false;
  const entering = enterJob(context, { ...request, plan, again });
  try {
    const ownResult = access.allowLoopback ? request.ownResult : undefined;
    const loading = loadReferences(context, plan, createUpload(context, access), ownResult);
    const { plan: ready, media } = await Promise.race([loading, stopped]);
    // What was settled with the references at hand, and the balance in use, are told with a failure.
    context.failure.context = ready.context;
    const connection = await Promise.race([connecting, stopped]);
    try {
      const entered = await entering;
      request.onOrphans?.(entered.orphans);
      if (entered.existing) {
        const { attach, nameExisting } = await import("../jobs/attach.ts");
        if (request.detach) return { plan, ...nameExisting(context, entered.existing) };
        const attached = await attach(context, connection.service, entered.existing, stop);
        if (attached) return { plan, ...attached };
        // It turned out that the other process never sent it.
        return await renderOnce(context, plan, request, stop);
      }
      const { entry } = entered;
      if (request.detach && entered.problem) throw entered.problem;
      await Promise.race([request.beforeSubmit(connection.service, ready, entry), stopped]);
      const progress = followProgress(context, ready);
      const ended = await runPlan({
        plan: ready,
        service: connection.service,
        media: (index) => media[index] ?? [],
        stop,
        onProgress: progress.show,
        onSending: (index, projectId) => entry.sending(index, projectId, connection.appId),
        detach: request.detach ?? false,
        keepOnInterrupt: context.invocation.options.onInterrupt === "keep",
      }).finally(progress.clear);
      const { outcome, certain } = await lookOnceMore(connection.service, ended);
      const change = certain
        ? changeAfterRun(outcome)
        : { state: "unknown", release: true } as const;
      if (change) await entry.change({ ...change, ...billOf(connection.service, outcome) });
      const { service } = connection;
      return { plan: ready, outcome, entry, bill: () => billOf(service, outcome) };
    } finally {
      await connection.close();
    }
  } catch (error) {
    await (await entering).entry.abandon(error);
    throw error;
  }
}

/** What was taken for the projects, where the service has said it of every one. */
function billOf(service: GenerationService, { projectIds }: RunOutcome): { billed?: number } {
  const bills = projectIds.map((id) => service.billed(id));
  const known = bills.filter((bill) => bill !== null);
  if (known.length === 0 || known.length < bills.length) return {};
  return { billed: known.reduce((sum, bill) => sum + bill, 0) };
}

/** Projects that run one after the other each have the time of one. */
function totalTimeout({ order, projects, timeoutSeconds }: Plan): number {
  return order === "sequential" ? timeoutSeconds * projects.length : timeoutSeconds;
}

/** Resolves when the time is up or a signal came; the time counts from here, uploads included. */
function stopSignal(context: CommandContext, timeoutSeconds: number): Promise<StopReason> {
  return new Promise((resolve) => {
    setTimeout(() => resolve({ kind: "timeout" }), timerMs(timeoutSeconds));
    context.onInterrupt((signal) => resolve({ kind: "interrupt", signal }));
  });
}

function stopError(reason: StopReason, plan: Plan): AppError {
  if (reason.kind === "interrupt") {
    return interrupted(reason.signal, "Interrupted before anything was sent.");
  }
  return new AppError("PROJECT_TIMEOUT", `Nothing could be sent within ${plan.timeoutSeconds} s.`, {
    details: { timeoutSeconds: plan.timeoutSeconds, projectIds: [], canceled: true },
    hint: "Check the network, or give more time with --timeout.",
  });
}

function followProgress(
  context: CommandContext,
  plan: Plan,
): { show: RunRequest["onProgress"]; clear: () => void } {
  const { report } = context;
  const printer = createPrinter(context);
  const startedAt = Date.now();
  const noun = plan.medium[0]?.toUpperCase() + plan.medium.slice(1);
  report.note(`Generating ${countText(plan)} with ${plan.model}...`);
  let announced = 0;
  return {
    clear: () => printer.clear(),
    show(state) {
      while (announced < state.completed) {
        announced += 1;
        report.note(`${noun} ${announced}/${state.total} completed`);
      }
      const elapsedSeconds = (Date.now() - startedAt) / 1000;
      printer.show({ ...state, label: noun, elapsedSeconds });
    },
  };
}

function countText({ medium, projects }: Plan): string {
  const total = projects.reduce((sum, { params }) => sum + params.numberOfMedia, 0);
  if (medium === "music") return total === 1 ? "music" : `${total} pieces of music`;
  return total === 1 ? `1 ${medium}` : `${total} ${medium}s`;
}

function withToken(plan: Plan, tokenType: "spark" | "sogni"): Plan {
  return {
    ...plan,
    tokenType,
    context: { ...plan.context, tokenType },
    projects: plan.projects.map((project) => ({
      ...project,
      params: { ...project.params, tokenType },
    })),
  };
}

function isShort(error: unknown): error is AppError {
  return error instanceof AppError && error.code === "INSUFFICIENT_BALANCE";
}

/** True when nothing was delivered and every output failed for want of balance. */
function isBalanceShort({ outputs, stopped }: RunOutcome): boolean {
  return !stopped && outputs.length > 0 &&
    outputs.every(({ status, error }) => status === "failed" && isShort(error));
}
