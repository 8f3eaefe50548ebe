/** How errors from outside are told apart: by code, else by the words of an uncoded message. */
import type { ErrorCode } from "./registry.ts";

/** One kind of failure; the first that matches counts. */
export interface ErrorKind {
  readonly type: string;
  readonly category: string;
  readonly retryable: boolean;
  /** Codes as text: numbers of the service, HTTP statuses, codes of the system, error names. */
  readonly codes: readonly string[];
  /** Words in the message of an error without code. */
  readonly words?: RegExp;
  /** What `errorCode` shows, unless `codeOf` knows better. */
  readonly code?: ErrorCode;
  readonly codeOf?: Readonly<Record<string, ErrorCode>>;
}

const SUBSCRIPTION = { type: "SUBSCRIPTION_LIMIT", category: "subscription_billing" };

/** Every kind, in the order of the contract. */
export const ERROR_KINDS: readonly ErrorKind[] = [
  { ...SUBSCRIPTION, retryable: false, codes: ["4078"], code: "SUBSCRIPTION_NOT_COVERED" },
  { ...SUBSCRIPTION, retryable: true, codes: ["4079"], code: "SUBSCRIPTION_QUEUE_FULL" },
  { ...SUBSCRIPTION, retryable: false, codes: ["4080"], code: "SUBSCRIPTION_RENEWAL_PENDING" },
  { ...SUBSCRIPTION, retryable: false, codes: ["4081"], code: "SUBSCRIPTION_PLAN_TOO_LOW" },
  {
    type: "COST_LIMIT_EXCEEDED",
    category: "insufficient_credits",
    retryable: true,
    codes: ["4024", "402"],
    words: /insufficient (?:\w+ )?(?:balance|credits?|funds)/i,
    code: "INSUFFICIENT_BALANCE",
  },
  {
    type: "USER_CANCELLED",
    category: "cancelled",
    retryable: false,
    codes: ["CANCELLED", "ABORT_ERR", "AbortError", "5004"],
    words: /cancell?ed|aborted/i,
    code: "USER_CANCELLED",
  },
  {
    type: "PROVIDER_TIMEOUT",
    category: "timeout",
    retryable: true,
    codes: ["408", "ETIMEDOUT", "TimeoutError", "TimedOut", "5003"],
    words: /timed out|timeout|no activity|inactivity/i,
    code: "NETWORK_TIMEOUT",
  },
  {
    type: "PERMISSION_REQUIRED",
    category: "permission_required",
    retryable: false,
    codes: ["101", "401", "4021"],
    words: /invalid api[ -]?key|api[ -]?key (?:is )?(?:invalid|rejected|expired|revoked)/i,
    code: "INVALID_API_KEY",
  },
  {
    type: "PERMISSION_REQUIRED",
    category: "permission_required",
    retryable: false,
    codes: ["403", "EACCES", "EPERM", "PermissionDenied", "NotCapable"],
    words: /api[ -]?key|credentials|permission|unauthorized|forbidden/i,
  },
  {
    type: "MODEL_UNAVAILABLE",
    category: "model_unavailable",
    retryable: true,
    codes: [],
    words: /no workers?\b|model (?:is )?not available/i,
    code: "MODEL_UNAVAILABLE",
  },
  {
    type: "ASSET_NOT_FOUND",
    category: "asset_not_found",
    retryable: false,
    codes: ["404", "ENOENT", "ASSET_NOT_FOUND", "NotFound"],
    words: /file not found|no such file/i,
    codeOf: { ENOENT: "FILE_NOT_FOUND", NotFound: "FILE_NOT_FOUND" },
  },
  {
    type: "WORKFLOW_VALIDATION_FAILED",
    category: "workflow_validation",
    retryable: false,
    codes: ["INVALID_WORKFLOW_INPUT", "WORKFLOW_VALIDATION_FAILED"],
    words: /invalid workflow/i,
  },
  {
    type: "USER_INPUT_INCOMPLETE",
    category: "user_input_incomplete",
    retryable: false,
    codes: ["MISSING_WORKFLOW_INPUT", "USER_INPUT_INCOMPLETE"],
    words: /requires a prompt|requires --/i,
  },
  {
    type: "PARAMETER_INVALID",
    category: "schema_validation",
    retryable: false,
    codes: ["400", "409", "413", "422"],
    words: /must be|\binvalid\b|\bparse\b|malformed/i,
  },
  {
    type: "SAFETY_REJECTED",
    category: "content_refused",
    retryable: false,
    codes: ["SAFETY_REJECTED"],
    words: /content policy|nsfw|sensitive content|refused|safety/i,
  },
  {
    type: "GPU_WORKER_FAILED",
    category: "transient_failure",
    retryable: true,
    codes: ["1001", "429", "500", "502", "503", "504", "5001", "5002", "5005"],
  },
  {
    type: "GPU_WORKER_FAILED",
    category: "transient_failure",
    retryable: true,
    codes: [
      "ECONNRESET",
      "ECONNREFUSED",
      "ECONNABORTED",
      "EPIPE",
      "ENOTFOUND",
      "EAI_AGAIN",
      "EHOSTUNREACH",
      "ENETUNREACH",
      "ConnectionRefused",
      "ConnectionReset",
    ],
    words: /network|websocket|worker disconnected|fetch failed|error sending request|connection/i,
    code: "CONNECTION_FAILED",
  },
];
