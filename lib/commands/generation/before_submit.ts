/** The last checks before money is spent, with the service at hand. */
import { AppError } from "../../errors/app_error.ts";
import { balanceHint } from "../../plan/balance_hint.ts";
import type { Plan } from "../../plan/types.ts";
import type { Estimate, GenerationService } from "../../service/types.ts";
import type { CommandContext } from "../context.ts";
import type { JobEntry } from "../jobs/job_entry.ts";
import { costLimitPerDay, reserveToday } from "./day_limit.ts";

/** Checks a plan with the service at hand, before anything of it is paid for. */
export type SubmitCheck = (
  service: GenerationService,
  plan: Plan,
  entry: JobEntry,
) => Promise<void>;

/** Prices a plan; a part of the service. */
type Pricing = Pick<GenerationService, "estimate" | "balances">;

/**
 * A video's balance is looked at before it is sent; `--max-cost` and `SOGNI_MAX_COST_PER_DAY` hold
 * for every medium. Without a limit a look-up that fails only warns; with one it fails closed.
 *
 * @param isLater the plan is a later stage of one that was let through: the day's limit has been
 * asked for all of it, so the stage is only entered in the ledger
 */
export function checkBeforeSubmit(context: CommandContext, isLater = false): SubmitCheck {
  const { invocation, report } = context;
  const { maxCost } = invocation.options;
  const perDay = costLimitPerDay(context);
  return async (service, plan, entry) => {
    const isPriced = maxCost !== undefined || perDay !== undefined || plan.medium === "video";
    const cost = isPriced
      ? await priceOf(service, plan).then((price) => price[plan.tokenType], () => null)
      : null;
    if (maxCost !== undefined) checkLimit(plan, cost, maxCost);
    if (perDay !== undefined && !isLater) {
      await reserveToday(context, { service, plan, entry, cost, perDay });
    } else if (cost !== null) await entry.change({ estimated: cost });
    if (plan.medium !== "video") return;
    try {
      await checkBalance(service, plan, cost);
    } catch (error) {
      if (error instanceof AppError && error.code === "INSUFFICIENT_BALANCE") throw error;
      report.warn("the balance could not be checked before the video is sent.");
    }
  };
}

/**
 * The price of a whole plan in its own token; `null` when the service does not tell.
 *
 * @throws AppError when the service refuses to price it
 */
export async function priceOf(service: Pick<Pricing, "estimate">, plan: Plan): Promise<Estimate> {
  const total: Estimate = { spark: 0, sogni: 0, usd: 0 };
  const projects = plan.projects.map(({ params, media }) => ({
    params,
    slots: media.map(({ slot }) => slot),
  }));
  const known = new Map<string, Promise<Estimate>>();
  for (const { params, slots } of [...projects, ...plan.later ?? []]) {
    const key = JSON.stringify([{ ...params, positivePrompt: "", seed: 0 }, slots]);
    const asked = known.get(key) ?? service.estimate(params, slots.map((slot) => ({ slot })));
    known.set(key, asked);
    const price = await asked;
    for (const token of ["spark", "sogni", "usd"] as const) {
      const value = price[token];
      const sum = total[token];
      // Whole millionths: sums of decimal fractions come with an untidy end.
      total[token] = value === null || sum === null ? null : Math.round((sum + value) * 1e6) / 1e6;
    }
  }
  return total;
}

function checkLimit({ tokenType }: Plan, cost: number | null, maxCost: number): void {
  const details = { flag: "--max-cost", maxCost, estimatedCost: cost, tokenType };
  if (cost === null) {
    throw new AppError(
      "COST_LIMIT_EXCEEDED",
      "The cost is not known, so it cannot be held to --max-cost.",
      { details, hint: "Try again, or leave --max-cost out." },
    );
  }
  if (cost <= maxCost) return;
  throw new AppError(
    "COST_LIMIT_EXCEEDED",
    `The estimated cost of ${cost} ${tokenType} is above --max-cost ${maxCost}.`,
    { details, hint: "Raise --max-cost, or make it smaller, shorter or fewer. Nothing was sent." },
  );
}

async function checkBalance(
  service: Pricing,
  plan: Plan,
  required: number | null,
): Promise<void> {
  const { tokenType } = plan;
  const available = (await service.balances())[tokenType];
  if (available === null) return;
  if (available > 0 && (required === null || required <= available)) return;
  throw new AppError(
    "INSUFFICIENT_BALANCE",
    `Insufficient ${tokenType.toUpperCase()} balance: ${available} available` +
      `${required === null ? "" : `, about ${required} needed`}.`,
    {
      details: { tokenType, available, ...(required === null ? {} : { required }) },
      hint: balanceHint(plan),
    },
  );
}
