/** `SOGNI_MAX_COST_PER_DAY`: what may be spent on one day, held by the ledger. */
import { AppError } from "../../errors/app_error.ts";
import type { Plan } from "../../plan/types.ts";
import type { GenerationService } from "../../service/types.ts";
import type { CommandContext } from "../context.ts";
import type { JobEntry } from "../jobs/job_entry.ts";
import { billOf, lookUpJob } from "../jobs/records.ts";

const VARIABLE = "SOGNI_MAX_COST_PER_DAY";

/**
 * The limit in tokens; `undefined` when there is none.
 *
 * @throws AppError INVALID_ARGUMENT for a value that is no limit: it was meant as one
 */
export function costLimitPerDay({ host }: Pick<CommandContext, "host">): number | undefined {
  const text = host.facts.env[VARIABLE]?.trim();
  if (!text) return undefined;
  const limit = Number(text);
  if (Number.isFinite(limit) && limit >= 0) return limit;
  throw new AppError(
    "INVALID_ARGUMENT",
    `${VARIABLE} must be a number of at least 0 (got "${text}").`,
    {
      details: { flag: VARIABLE, value: text, min: 0 },
      hint: "Set it to a number of tokens, or unset it.",
    },
  );
}

/** What is to be spent. */
export interface DayRequest {
  service: GenerationService;
  plan: Plan;
  entry: JobEntry;
  /** Estimated cost of the plan in its token. */
  cost: number | null;
  perDay: number;
}

/**
 * Puts the cost aside for today.
 *
 * @throws AppError COST_LIMIT_EXCEEDED when the day would cost more, or nobody can say whether
 */
export async function reserveToday(context: CommandContext, request: DayRequest): Promise<void> {
  const { service, plan, entry, cost, perDay } = request;
  const { tokenType } = plan;
  const facts = { variable: VARIABLE, maxCostPerDay: perDay, estimatedCost: cost, tokenType };
  if (cost === null) {
    throw refused(`The cost is not known, so it cannot be held to ${VARIABLE}.`, facts);
  }
  let day;
  try {
    day = await entry.reserve(cost, perDay);
    if (!day.accepted && day.unknown.length > 0) {
      await learnBills(context, service, day.unknown);
      day = await entry.reserve(cost, perDay);
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw refused(`What was spent today is not known (${reason}), so nothing is sent.`, facts);
  }
  if (day.accepted) return;
  const { spent, unknown } = day;
  if (unknown.length > 0) {
    throw refused(`The cost of earlier jobs of today is not known: ${unknown.join(", ")}.`, {
      ...facts,
      unknownJobs: unknown,
    });
  }
  throw refused(
    `The estimated cost of ${cost} ${tokenType} would bring today's ${spent} above ` +
      `${VARIABLE} ${perDay}.`,
    { ...facts, spentToday: spent },
  );
}

function refused(message: string, details: Record<string, unknown>): AppError {
  return new AppError("COST_LIMIT_EXCEEDED", message, {
    details,
    hint: `Nothing was sent. Raise ${VARIABLE}, or continue tomorrow.`,
  });
}

/** Asks the service what jobs cost that nobody had to price when they were sent. */
async function learnBills(
  { host }: CommandContext,
  service: GenerationService,
  ids: readonly string[],
): Promise<void> {
  for (const id of ids) {
    const job = await host.journal({ call: "find", id });
    if (!job) continue;
    const records = await lookUpJob(service, job, Date.now()).catch(() => undefined);
    const billed = records?.ended ? billOf(records) : undefined;
    if (billed !== undefined) {
      await host.journal({ call: "change", job: job.id, change: { billed } });
    }
  }
}
