/**
 * Service errors as ours. Codes decide; words only where the service gives no code
 * (the SDK knows none for an empty balance or for a model without workers).
 */
import { AppError } from "../errors/app_error.ts";
import type { ErrorCode } from "../errors/registry.ts";

/** What the SDK says of a failed project or job, or throws for a failed call. */
export interface ServiceFailure {
  code?: unknown;
  originalCode?: unknown;
  message?: unknown;
  status?: unknown;
  payload?: { errorCode?: unknown; message?: unknown };
  requiredPlans?: unknown;
  feature?: unknown;
  limitation?: unknown;
}

const BY_CODE: Readonly<Record<number, ErrorCode>> = {
  101: "INVALID_API_KEY",
  401: "INVALID_API_KEY",
  4021: "INVALID_API_KEY",
  4024: "INSUFFICIENT_BALANCE",
  4061: "APP_ID_POOL_EXHAUSTED",
  4078: "SUBSCRIPTION_NOT_COVERED",
  4079: "SUBSCRIPTION_QUEUE_FULL",
  4080: "SUBSCRIPTION_RENEWAL_PENDING",
  4081: "SUBSCRIPTION_PLAN_TOO_LOW",
  5004: "USER_CANCELLED",
};

const BY_WORDS: readonly (readonly [RegExp, ErrorCode])[] = [
  [/insufficient/i, "INSUFFICIENT_BALANCE"],
  [/invalid api key|api key is invalid/i, "INVALID_API_KEY"],
  [/sensitive ?content|content policy|nsfw|safety system/i, "CONTENT_FILTERED"],
  [/\bmodel\b.*\bnot (?:supported|found)|unknown model/i, "MODEL_NOT_FOUND"],
  [/no workers?|model (is )?not available/i, "MODEL_UNAVAILABLE"],
];

const FETCH_FAILED = /error sending request|fetch failed|connection error/i;

/** The SDK stumbled over an answer that is none: a defect of the service, not of the caller. */
const ODD_ANSWER = /^failed to parse response body/i;

const UPLOAD_FAILED = /^failed to upload /i;

const HINTS: Partial<Record<ErrorCode, string>> = {
  INVALID_API_KEY:
    "Create a key at https://dashboard.sogni.ai (account menu), then run: sogni-agent login",
  MODEL_NOT_FOUND: "Check the model id given with --model, or leave it out for the default.",
  MODEL_UNAVAILABLE: "Try again in a few minutes, or choose another model with --model.",
  MEDIA_UPLOAD_FAILED: "Nothing was rendered. Run the same command again in a moment.",
  APP_ID_POOL_EXHAUSTED:
    "Use one application id again: set SOGNI_APP_ID to one that was used before.",
  CONTENT_FILTERED: "Change the prompt, or turn the filter off with --no-filter where allowed.",
};

/**
 * Turns whatever the SDK gave into an `AppError`.
 *
 * @param fallback the code when nothing more exact is known
 * @param facts added to the details (project id, output index)
 */
export function mapServiceError(
  failure: unknown,
  fallback: ErrorCode,
  facts: Record<string, unknown> = {},
): AppError {
  if (failure instanceof AppError) return failure;
  const data = (typeof failure === "object" && failure !== null ? failure : {}) as ServiceFailure;
  const message = messageOf(failure, data);
  const numeric = numericCode(data);
  if (isOddAnswer(failure, message)) {
    return new AppError(
      fallback === "PROJECT_FAILED" ? "FETCH_FAILED" : fallback,
      `The service gave an answer that cannot be understood: ${message}`,
      { details: facts, hint: "Try again in a moment.", cause: failure },
    );
  }
  // The storage answers with codes of its own: its 401 says nothing about the key.
  const code = UPLOAD_FAILED.test(message)
    ? "MEDIA_UPLOAD_FAILED"
    : (numeric === undefined ? undefined : BY_CODE[numeric]) ??
      BY_WORDS.find(([words]) => words.test(message))?.[1] ?? fallback;
  const hint = HINTS[code];
  return new AppError(code, message, {
    details: {
      ...facts,
      ...(numeric === undefined || numeric === 0 ? {} : { serviceCode: numeric }),
      ...(data.originalCode === undefined ? {} : { serviceWord: String(data.originalCode) }),
      ...pick(data, ["requiredPlans", "feature", "limitation"]),
    },
    ...(hint ? { hint } : {}),
    cause: failure,
  });
}

function isOddAnswer(failure: unknown, message: string): boolean {
  if (ODD_ANSWER.test(message)) return true;
  return failure instanceof TypeError && !FETCH_FAILED.test(failure.message);
}

function messageOf(failure: unknown, data: ServiceFailure): string {
  const text = data.payload?.message ?? data.message;
  // What the runtime says of a fetch that came to nothing names neither cause nor effect.
  if (failure instanceof TypeError && FETCH_FAILED.test(failure.message)) {
    return `The service could not be reached: ${failure.message}`;
  }
  if (typeof text === "string" && text.trim() !== "") return text.trim();
  return typeof failure === "string" && failure !== "" ? failure : "The service reported an error.";
}

function numericCode(data: ServiceFailure): number | undefined {
  for (const value of [data.payload?.errorCode, data.code, data.status]) {
    const number = typeof value === "string" ? Number(value) : value;
    if (typeof number === "number" && Number.isInteger(number)) return number;
  }
  return undefined;
}

function pick(data: object, keys: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(data).filter(([key]) => keys.includes(key)));
}
