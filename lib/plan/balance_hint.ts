/** The next step when the balance does not cover a plan. */
import { findModel } from "../catalog/models.ts";
import { SPARK_PACKS_URL } from "../catalog/pricing_pages.ts";
import type { Plan } from "./types.ts";

/** What buys more, and whether the other balance may pay. */
export function balanceHint(plan: Pick<Plan, "model" | "tokenType" | "tokenFallback">): string {
  const buy = `Buy Spark Packs: ${SPARK_PACKS_URL}`;
  if (isPremium(plan.model)) return buy;
  if (plan.tokenFallback) return `Neither SPARK nor SOGNI covers this job. ${buy}`;
  return plan.tokenType === "spark"
    ? `${buy}; or let SOGNI pay where Spark does not suffice: --token-type auto.`
    : `${buy}, and pay with them: --token-type spark.`;
}

function isPremium(modelId: string): boolean {
  const listed = findModel(modelId);
  if (listed?.medium === "video") return listed.model.billing === "premium";
  return listed?.medium === "image" && listed.model.premium === true;
}
