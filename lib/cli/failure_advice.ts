/** Hints and offers that belong to failures of certain kinds. */
import {
  SPARK_PACKS_URL as SPARK_PACKS,
  UNLIMITED_URL as UNLIMITED,
} from "../catalog/pricing_pages.ts";
import type { Classified } from "../errors/classify.ts";

/** What to say besides the error itself. */
export interface Advice {
  /** Used when the error has no hint of its own. */
  hint?: string;
  /** Takes the place of a hint the error has. */
  firmHint?: string;
  /** Where credits or a plan can be bought. */
  purchase?: Readonly<{ label: string; url: string; reason: string }>;
}

/** The advice for a failure; empty for most. */
export function adviceFor({ code, category }: Classified): Advice {
  const byCode = code === undefined ? undefined : BY_CODE[code];
  return byCode ?? (category === "insufficient_credits" ? CREDITS : {});
}

const CREDITS: Advice = {
  hint: `Buy Spark Packs: ${SPARK_PACKS}`,
  purchase: {
    label: "Buy Spark Packs",
    url: SPARK_PACKS,
    reason: "The balance does not cover this job.",
  },
};

const BY_CODE: Readonly<Record<string, Advice>> = {
  "4078": {
    firmHint: "Sogni Unlimited does not cover this job. Vendor models need Premium Spark " +
      `(Spark Packs: ${SPARK_PACKS}). If a plan should cover it, reconnect and try again.`,
    purchase: {
      label: "Get Premium Spark",
      url: SPARK_PACKS,
      reason: "Sogni Unlimited does not cover this job.",
    },
  },
  "4079": {
    firmHint: "The limit of queued jobs of your plan is reached. Wait for jobs to finish, " +
      "then try again.",
  },
  "4080": {
    firmHint: "The renewal payment of your plan is being retried. Pay for this job with Spark or " +
      "SOGNI now (--token-type), and do not retry automatically.",
  },
  "4081": {
    firmHint: `This needs a higher plan. Upgrade to Unlimited Pro: ${UNLIMITED}`,
    purchase: {
      label: "Upgrade to Unlimited Pro",
      url: UNLIMITED,
      reason: "The feature is part of a higher plan.",
    },
  },
  INVALID_API_KEY: {
    hint: "Create a key at https://dashboard.sogni.ai (account menu), then run: sogni-agent login",
  },
  NETWORK_TIMEOUT: {
    hint: "Try again; SOGNI_HTTP_TIMEOUT_MS sets how long a request may take.",
  },
  CONNECTION_FAILED: { hint: "Check the connection, then try again." },
  INTERNAL_ERROR: {
    hint: "This is a defect in sogni-agent. Set SOGNI_DEBUG=1 for the stack trace to report.",
  },
};
