/** The messages with which the service receives a client. */
import type { SandboxContext } from "../context.ts";
import { recoveredProject } from "../jobs/records.ts";
import type { Envelope } from "./envelope.ts";
import type { Subscriptions } from "./subscriptions.ts";

/** Language models of the hosted chat, with their workers. */
const LANGUAGE_MODELS = {
  "qwen3.6-35b-a3b-gguf-iq4xs": {
    workers: 4,
    maxContextLength: 262_144,
    maxOutputTokens: { min: 1, max: 32_768, default: 4096 },
  },
};

/** In the order in which they are sent; finished projects are handed out with them, once. */
export function greeting(
  context: SandboxContext,
  appId: string,
  subscriptions: Subscriptions,
): Envelope[] {
  const messages = [
    { type: "authenticated", data: authenticated(context, appId) },
    { type: "balanceUpdate", data: context.ledger.sheet() },
    { type: "swarmModels", data: workerCounts(context) },
    { type: "swarmLLMModels", data: LANGUAGE_MODELS },
  ];
  return messages.filter(({ type }) => subscriptions.wants(type));
}

/** Workers by model id. */
export function workerCounts(context: SandboxContext): Record<string, number> {
  return Object.fromEntries(context.models.all.map(({ id }) => [id, context.models.workers(id)]));
}

function authenticated(context: SandboxContext, appId: string): Record<string, unknown> {
  const { sogni, spark } = context.ledger.sheet();
  const unclaimed = context.projects.unclaimed(appId);
  const data = {
    id: `sandbox-client-${appId}`,
    clientType: "artist",
    username: context.account.username,
    address: context.account.address,
    SID: 1,
    clientSID: 1,
    addressSID: 1,
    balanceVersion: 2,
    tokens: { sogni: tokenRow(sogni), spark: tokenRow(spark) },
    subscriptionEntitlement: {
      active: false,
      trialing: false,
      trialCapped: false,
      subscription: null,
    },
    activeProjects: context.projects.active(appId).map(recoveredProject),
    unclaimedCompletedProjects: unclaimed.map(recoveredProject),
    activeLLMJobIDs: [],
    isMainnet: false,
    accountWasMigrated: true,
    hasUnclaimedAirdrop: false,
    firstLoginAfterMigration: false,
  };
  for (const project of unclaimed) project.unclaimed = false;
  return data;
}

function tokenRow(
  { settled, credit, debit, net }: Record<"settled" | "credit" | "debit" | "net", string>,
) {
  return { settled, credit, debit, net };
}
