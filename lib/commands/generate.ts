/** Generation: from options to files. The order of the steps is the promise: plan, check, pay, save. */
import { chooseProgressMode, ProgressPrinter } from "../cli/progress_printer.ts";
import { AppError } from "../errors/app_error.ts";
import { planGeneration } from "../plan/plan.ts";
import type { Plan } from "../plan/types.ts";
import { preloadSdk } from "../service/sdk_service.ts";
import type { CommandContext, CommandRun } from "./context.ts";
import { interrupted } from "./execute.ts";
import {
  type Access,
  connect,
  type ConnectionRequest,
  findAccess,
} from "./generation/connection.ts";
import { checkOutput, finish } from "./generation/finish.ts";
import { gatherInput } from "./generation/gather.ts";
import { loadReferences } from "./generation/references.ts";
import { type RunOutcome, runPlan, type StopReason } from "./generation/run_plan.ts";
import { loadSettings } from "./generation/settings.ts";

/** Generates what the command line asks for. */
export const run: CommandRun = async (context) => {
  const { invocation, report } = context;
  if (!invocation.options.dryRun) preloadSdk();
  const settings = await loadSettings(context);
  const plan = planGeneration(await gatherInput(context, settings));
  context.failure.prompt = plan.prompt;
  context.failure.context = plan.context;
  for (const { level, text } of plan.notes) {
    if (level === "important") report.important(text);
    else if (level === "warning") report.warn(text);
    else report.note(text);
  }
  if (invocation.options.dryRun) {
    report.result({ success: true, type: "plan", plan }, JSON.stringify(plan, null, 2));
    return 0;
  }
  const target = await checkOutput(context, plan);
  const request = { context, ...settings, network: plan.network };
  const access = await findAccess(request);
  const { plan: done, outcome } = await render(context, plan, request, access);
  return await finish({ context, settings, plan: done, outcome, target, access });
};

/** Renders, and once more with the other balance when the first does not suffice. */
async function render(
  context: CommandContext,
  plan: Plan,
  request: ConnectionRequest,
  access: Access,
): Promise<{ plan: Plan; outcome: RunOutcome }> {
  const stop = stopSignal(context, totalTimeout(plan));
  try {
    const outcome = await renderOnce(context, plan, request, access, stop);
    if (!plan.tokenFallback || !isBalanceShort(outcome)) return { plan, outcome };
  } catch (error) {
    if (!plan.tokenFallback || !isShort(error)) throw error;
  }
  context.report.note("Insufficient SPARK balance - retrying with SOGNI.");
  const second = withToken(plan, "sogni");
  return { plan: second, outcome: await renderOnce(context, second, request, access, stop) };
}

async function renderOnce(
  context: CommandContext,
  plan: Plan,
  request: ConnectionRequest,
  access: Access,
  stop: Promise<StopReason>,
): Promise<RunOutcome> {
  const stopped = stop.then((reason) => {
    throw stopError(reason, plan);
  });
  stopped.catch(() => {});
  // References are read while the connection opens; a missing file wins over a slow network.
  const connecting = connect(access, request);
  connecting.catch(() => {});
  const media = await Promise.race([loadReferences(context, plan), stopped]);
  const connection = await Promise.race([connecting, stopped]);
  const progress = progressOf(context, plan);
  try {
    return await runPlan({
      plan,
      service: connection.service,
      media: (index) => media[index] ?? [],
      stop,
      onProgress: progress.show,
    });
  } finally {
    progress.clear();
    await connection.close();
  }
}

/** Projects that run one after the other each have the time of one. */
function totalTimeout({ order, projects, timeoutSeconds }: Plan): number {
  return order === "sequential" ? timeoutSeconds * projects.length : timeoutSeconds;
}

/** Resolves when the time is up or a signal came; the time counts from here, uploads included. */
function stopSignal(context: CommandContext, timeoutSeconds: number): Promise<StopReason> {
  return new Promise((resolve) => {
    setTimeout(() => resolve({ kind: "timeout" }), timeoutSeconds * 1000);
    context.onInterrupt((signal) => resolve({ kind: "interrupt", signal }));
  });
}

function stopError(reason: StopReason, plan: Plan): AppError {
  if (reason.kind === "interrupt") {
    return interrupted(reason.signal, "Interrupted before anything was sent.");
  }
  return new AppError("PROJECT_TIMEOUT", `Not connected within ${plan.timeoutSeconds} s.`, {
    details: { timeoutSeconds: plan.timeoutSeconds, projectIds: [], canceled: true },
    hint: "Check the network, or give more time with --timeout.",
  });
}

function progressOf(context: CommandContext, plan: Plan) {
  const { host, invocation, report } = context;
  const { env, terminal } = host.facts;
  const printer = new ProgressPrinter(
    report,
    chooseProgressMode({
      asked: invocation.options.progress,
      quiet: report.style.quiet,
      stderrIsTerminal: terminal.stderrIsTerminal,
      env,
    }),
    terminal.columns,
    !/^(C|POSIX)$/.test(env.LC_ALL || env.LANG || "") && host.facts.system !== "windows",
  );
  const startedAt = Date.now();
  const noun = plan.medium[0]?.toUpperCase() + plan.medium.slice(1);
  report.note(`Generating ${countText(plan)} with ${plan.model}...`);
  let announced = 0;
  return {
    clear: () => printer.clear(),
    show(state: Parameters<Parameters<typeof runPlan>[0]["onProgress"]>[0]) {
      while (announced < state.completed) {
        announced += 1;
        report.note(`${noun} ${announced}/${state.total} completed`);
      }
      const elapsedSeconds = (Date.now() - startedAt) / 1000;
      printer.show({ ...state, label: noun, elapsedSeconds });
    },
  };
}

function countText({ count, medium, projects }: Plan): string {
  const total = Math.max(count, projects.length);
  if (medium === "music") return total === 1 ? "music" : `${total} pieces of music`;
  return total === 1 ? `1 ${medium}` : `${total} ${medium}s`;
}

function withToken(plan: Plan, tokenType: "spark" | "sogni"): Plan {
  return {
    ...plan,
    tokenType,
    projects: plan.projects.map((project) => ({
      ...project,
      params: { ...project.params, tokenType },
    })),
  };
}

function isShort(error: unknown): boolean {
  return error instanceof AppError && error.code === "INSUFFICIENT_BALANCE";
}

/** True when nothing was delivered and every output failed for want of balance. */
function isBalanceShort({ outputs, stopped }: RunOutcome): boolean {
  return !stopped && outputs.length > 0 &&
    outputs.every(({ status, error }) => status === "failed" && isShort(error));
}
