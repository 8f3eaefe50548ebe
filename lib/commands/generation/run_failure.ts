/** The error of a run that was stopped or delivered nothing. */
import { AppError } from "../../errors/app_error.ts";
import { balanceHint } from "../../plan/balance_hint.ts";
import type { Plan } from "../../plan/types.ts";
import { interrupted } from "../execute.ts";
import { failureEntries, type RunResult } from "./result.ts";
import type { RunOutcome } from "./run_plan.ts";

/** Why the run failed as a whole; `undefined` when something was delivered and saved. */
export function failureOf(outcome: RunOutcome, result: RunResult): AppError | undefined {
  const { stopped, projectIds } = outcome;
  const kept = keptFacts(result);
  if (stopped?.kind === "interrupt" && stopped.kept) {
    return keptError(stopped.signal, projectIds, result, kept);
  }
  if (stopped?.kind === "interrupt") {
    const what = stopped.cancelled
      ? "Interrupted; the running project was cancelled."
      : "Interrupted; the service did not confirm that the project was cancelled.";
    const error = interrupted(stopped.signal, `${what}${unsentText(result)}`);
    return withDetails(error, { projectIds, canceled: stopped.cancelled, ...kept });
  }
  if (stopped) return timeoutError(outcome, result, stopped.cancelled, kept);
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
  const isDone = error.code === "DOWNLOAD_FAILED";
  if (!(isDone || error.details?.connectionLost) || jobId === undefined) return error;
  const get = `get it with: sogni-agent jobs wait ${jobId}`;
  return new AppError(error.code, error.message, {
    details: { jobId, ...error.details },
    hint: isDone
      ? `The render is paid for; ${get}`
      : `The job may go on; ${get}. ${error.hint ?? ""}`.trim(),
    cause: error,
  });
}

/** The service goes on with the work, by the user's wish. */
function keptError(
  signal: string,
  projectIds: readonly string[],
  result: RunResult,
  kept: Record<string, unknown>,
): AppError {
  const { jobId } = result;
  const what = `Interrupted; the job was kept and goes on.${unsentText(result)}`;
  const error = interrupted(signal, what);
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
function keptFacts(result: RunResult): Record<string, unknown> {
  const { delivered, saved } = result;
  const failures = failureEntries(result);
  // Of a single result the error itself says it all.
  const isOne = result.missing.length + delivered.length === 1;
  const missing = failures.length > 0 && !isOne ? { failures } : {};
  if (delivered.length === 0) return missing;
  return {
    ...missing,
    urls: delivered.map(({ url }) => url),
    saved: saved.flatMap(({ path }) => path ? [path] : []),
  };
}

/** Outputs of a plan that was stopped half-way were never paid for, and are said to be missing. */
function unsentText({ missing, delivered }: RunResult): string {
  const unsent = missing.filter(({ error }) => error?.details?.sent === false).length;
  if (unsent === 0) return "";
  const total = missing.length + delivered.length;
  return ` ${unsent} of ${total} results ${unsent === 1 ? "was" : "were"} not sent.`;
}

function timeoutError(
  { projectIds }: RunOutcome,
  result: RunResult,
  canceled: boolean,
  kept: Record<string, unknown>,
): AppError {
  const { timeoutSeconds } = result.plan;
  const unsent = unsentText(result);
  return new AppError(
    canceled ? "PROJECT_TIMEOUT" : "PROJECT_TIMEOUT_CANCEL_FAILED",
    canceled
      ? `The render did not finish within ${timeoutSeconds} s and was cancelled.${unsent}`
      : `The render did not finish within ${timeoutSeconds} s; cancelling it was not confirmed.` +
        unsent,
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
