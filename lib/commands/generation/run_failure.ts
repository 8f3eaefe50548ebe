/** The error of a run that was stopped or delivered nothing. */
import { AppError } from "../../errors/app_error.ts";
import { balanceHint } from "../../plan/balance_hint.ts";
import type { Plan } from "../../plan/types.ts";
import { interrupted } from "../execute.ts";
import type { RunResult } from "./result.ts";
import type { RunOutcome } from "./run_plan.ts";

/** Why the run failed as a whole; `undefined` when something was delivered and saved. */
export function failureOf(outcome: RunOutcome, result: RunResult): AppError | undefined {
  const { stopped, projectIds } = outcome;
  const kept = keptFacts(result);
  if (stopped?.kind === "interrupt" && stopped.kept) {
    return keptError(stopped.signal, projectIds, result, kept);
  }
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
  if (failed) {
    return withDetails(lostError(withBalanceHint(failed, result.plan), result), { projectIds });
  }
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

/** Says what can be done when the balance did not cover the plan; other errors stay as they are. */
export function withBalanceHint(error: AppError, plan: Plan): AppError {
  if (error.code !== "INSUFFICIENT_BALANCE") return error;
  return new AppError(error.code, error.message, {
    ...(error.details ? { details: error.details } : {}),
    hint: balanceHint(plan),
    cause: error,
  });
}

/** Work that was lost from sight may go on, and can be had without paying again. */
function lostError(error: AppError, { jobId }: RunResult): AppError {
  if (!error.details?.connectionLost || jobId === undefined) return error;
  return new AppError(error.code, error.message, {
    details: { jobId, ...error.details },
    hint: `The job may go on; get it with: sogni-agent jobs wait ${jobId}. ${error.hint ?? ""}`
      .trim(),
    cause: error,
  });
}

/** The service goes on with the work, by the user's wish. */
function keptError(
  signal: string,
  projectIds: readonly string[],
  { jobId }: RunResult,
  kept: Record<string, unknown>,
): AppError {
  const error = interrupted(signal, "Interrupted; the job was kept and goes on.");
  return new AppError(error.code, error.message, {
    details: {
      ...error.details,
      status: "running",
      ...(jobId === undefined ? {} : { jobId }),
      projectIds,
      canceled: false,
      ...kept,
    },
    ...(jobId === undefined ? {} : { hint: `Get it with: sogni-agent jobs wait ${jobId}` }),
  });
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
