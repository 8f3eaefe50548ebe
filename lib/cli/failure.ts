/** Turns whatever was thrown into what people and agents get to see. */
import { AppError } from "../errors/app_error.ts";
import { classify, messageOf } from "../errors/classify.ts";
import { redactDetails, redactText } from "../text/redact.ts";
import { redactPayload } from "../text/redact_payload.ts";
import { failureExitCode } from "./exit_codes.ts";
import { adviceFor } from "./failure_advice.ts";
import { nameAsTyped, type TypedFlags } from "./typed_flags.ts";
import { vendorFailure } from "./vendor_failure.ts";

/** What a report of a failure is made of besides the error. */
export interface FailureFacts {
  /** The prompt as typed; `null` when there was none. */
  prompt: string | null;
  /** The contract's `context` object, for failures after planning. */
  context?: Record<string, unknown>;
  /** Started by OpenClaw. */
  openclaw: boolean;
  cwd: string;
  /** Name and version of the runtime. */
  runtime: string;
  env: Readonly<Record<string, string | undefined>>;
  now: Date;
  /** More secrets to remove, such as a key read from the credentials file. */
  secrets?: readonly string[];
  /** Flags that were typed in another spelling than their long name. */
  typed?: TypedFlags;
}

/** A failure, ready to be reported. */
export interface FailureReport {
  /** The JSON object of the failure. */
  object: Record<string, unknown>;
  /** Lines for standard error. */
  lines: string[];
  exitCode: number;
  /** Stack of an error that nobody raised on purpose, when `SOGNI_DEBUG` or `DEBUG` is set. */
  debugLines: string[];
}

/** Describes a failure. Secrets and signatures are removed from every part. */
export function describeFailure(error: unknown, facts: FailureFacts): FailureReport {
  const secrets = [facts.env.SOGNI_API_KEY ?? "", ...(facts.secrets ?? [])];
  const clean = (text: string) => redactText(text, secrets);
  const vendor = vendorFailure(error, facts.context?.model);
  const kind = { ...classify(error), ...vendor };
  const own = error instanceof AppError ? error : undefined;
  const told = own === undefined ? undefined : clean(nameAsTyped(own.message, facts.typed));
  const raw = vendor ? clean(vendor.technicalError) : told ?? clean(messageOf(error));
  const message = told ?? friendlyMessage(kind.code, raw);
  const { hint: fallback, firmHint, purchase } = adviceFor(kind);
  const hint = firmHint ?? (own?.hint === undefined ? fallback : clean(own.hint));
  const known = vendor ? vendor.details : own?.details;
  const hasDetails = known !== undefined && Object.keys(known).length > 0;
  const details = hasDetails ? redactDetails(known, secrets) : undefined;
  const exitCode = failureExitCode(kind, own?.details, facts.env);
  return {
    object: {
      success: false,
      error: message,
      errorType: kind.type,
      errorCategory: kind.category,
      retryable: kind.retryable,
      prompt: facts.prompt,
      ...(vendor ? { metadata: redactDetails(vendor.metadata, secrets) } : {}),
      ...(vendor || raw !== message ? { technicalError: raw } : {}),
      ...(kind.code === undefined ? {} : { errorCode: kind.code }),
      ...(details === undefined ? {} : { errorDetails: details }),
      ...(hint === undefined ? {} : { hint }),
      ...(purchase
        ? {
          purchaseAction: true,
          purchaseLabel: purchase.label,
          purchaseUrl: purchase.url,
          purchaseReason: purchase.reason,
        }
        : {}),
      timestamp: facts.now.toISOString(),
      node: facts.runtime,
      cwd: facts.cwd,
      ...(facts.openclaw ? { openclaw: true } : {}),
      ...(facts.context ? { context: redactPayload(facts.context) } : {}),
    },
    lines: [
      `Error: ${message}`,
      ...(raw === message ? [] : [`Details: ${raw}`]),
      ...(hint === undefined ? [] : [`Hint: ${hint}`]),
    ],
    exitCode,
    debugLines: own || !wantsStack(facts.env) ? [] : stackOf(error).map(clean),
  };
}

/** Plain words for errors that were not written for people. */
function friendlyMessage(code: string | undefined, raw: string): string {
  const friendly = code === undefined ? undefined : FRIENDLY[code];
  if (code === "INTERNAL_ERROR") return `Internal error: ${raw}`;
  return friendly ?? raw;
}

const FRIENDLY: Readonly<Record<string, string>> = {
  INSUFFICIENT_BALANCE: "The balance does not cover this job.",
  INVALID_API_KEY: "The service refused the API key.",
  CONNECTION_FAILED: "The service could not be reached, or the connection broke.",
  "4078": "No active subscription covers this job.",
  "4079": "The queue of your subscription is full.",
  "4080": "The renewal payment of your subscription is being retried.",
  "4081": "This needs a higher subscription plan.",
};

function wantsStack(env: Readonly<Record<string, string | undefined>>): boolean {
  return Boolean(env.SOGNI_DEBUG) || Boolean(env.DEBUG);
}

function stackOf(error: unknown): string[] {
  return error instanceof Error && error.stack ? error.stack.split("\n") : [];
}
