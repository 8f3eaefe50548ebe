/** Answers of the API outside 200–299, and connections that fail, as coded errors. */
import { AppError } from "../../errors/app_error.ts";
import type { ErrorCode } from "../../errors/registry.ts";
import { redactPayload } from "../../text/redact_payload.ts";
import { retryAfterSeconds } from "./backoff.ts";
import { limitPayload } from "./limit_payload.ts";
import { asNumber, asObject, asText, type Json } from "./read.ts";

/** What kind of call failed; some codes depend on it. */
export type CallArea = "call" | "workflow-start" | "stream";

/** An answer that is an error. */
export interface ErrorAnswer {
  readonly url: URL;
  readonly status: number;
  /** Reason phrase. */
  readonly statusText: string;
  readonly retryAfter: string | null;
  /** Parsed body. */
  readonly body: unknown;
}

/** The coded error of an answer; service codes come first, then the HTTP status. */
export function errorFromAnswer(answer: ErrorAnswer, area: CallArea, now: number): AppError {
  const body = asObject(answer.body);
  const nested = asObject(body.error);
  const serviceCode = serviceCodeOf(body, nested);
  const code = codeByService(serviceCode) ?? codeByStatus(answer.status, area);
  const message = asText(body.message) ?? asText(nested.message) ?? asText(body.error) ??
    asText(answer.statusText) ?? `The API answered with status ${answer.status}.`;
  const pause = asNumber(body.retryAfter) ?? retryAfterSeconds(answer.retryAfter, now);
  const hint = HINTS[code];
  return new AppError(code, excerpt(message), {
    details: {
      url: withoutQuery(answer.url),
      status: answer.status,
      payload: shownPayload(answer.body),
      ...(serviceCode === undefined ? {} : { serviceCode }),
      ...(pause === undefined ? {} : { retryAfterSeconds: pause }),
    },
    ...(hint ? { hint } : {}),
  });
}

/** An answer as the details of an error hold it: without secrets, and not without end. */
export function shownPayload(body: unknown): unknown {
  return limitPayload(redactPayload(body));
}

/** The coded error of a connection that could not be made or broke. */
export function errorFromConnection(url: URL, cause: unknown): AppError {
  const why = refusedConnection(cause)
    ? "the connection was refused"
    : "the connection failed or was closed";
  return new AppError("CONNECTION_FAILED", `Could not reach ${url.host}: ${why}.`, {
    details: { url: withoutQuery(url) },
    hint: "Check the network connection and the API origin, then try again.",
    cause,
  });
}

/** The coded error of an answer that did not begin in time. */
export function timeoutError(url: URL, timeoutMs: number): AppError {
  const seconds = Math.max(1, Math.round(timeoutMs / 1000));
  return new AppError("NETWORK_TIMEOUT", `${url.host} did not answer within ${seconds} s.`, {
    details: { url: withoutQuery(url), timeoutSeconds: seconds },
    hint: "Try again, or allow more time with SOGNI_HTTP_TIMEOUT_MS (milliseconds).",
  });
}

/** The coded error of a redirect, which a key never follows to another origin. */
export function refusedRedirect(from: URL, to?: string): AppError {
  return new AppError(
    "API_REDIRECT_REFUSED",
    `${from.host} redirects a request that carries the API key${
      to === undefined ? "" : ` to ${to}`
    }; it was not followed.`,
    { hint: "Check the API origin; a proxy or a login page may answer in its place." },
  );
}

/** True when the connection was refused, so that not one byte was sent. */
export function refusedConnection(error: unknown): boolean {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 5; depth += 1) {
    if (/ECONNREFUSED|connection refused/i.test(`${Reflect.get(at, "code")} ${at.message}`)) {
      return true;
    }
    at = at.cause;
  }
  return false;
}

/** A URL that may be shown: signatures live in the query. */
export function withoutQuery(url: URL): string {
  return `${url.origin}${url.pathname}`;
}

const BY_SERVICE: Readonly<Record<string, ErrorCode>> = {
  "101": "INVALID_API_KEY",
  "4024": "INSUFFICIENT_BALANCE",
  insufficient_balance: "INSUFFICIENT_BALANCE",
  "4078": "SUBSCRIPTION_NOT_COVERED",
  "4079": "SUBSCRIPTION_QUEUE_FULL",
  "4080": "SUBSCRIPTION_RENEWAL_PENDING",
  "4081": "SUBSCRIPTION_PLAN_TOO_LOW",
};

const HINTS: Partial<Record<ErrorCode, string>> = {
  INVALID_API_KEY:
    "Create a key at https://dashboard.sogni.ai (account menu), then run: sogni-agent login",
  RATE_LIMITED: "Wait for the seconds named in the details, then try again.",
};

function serviceCodeOf(body: Json, nested: Json): number | string | undefined {
  for (const value of [body.errorCode, nested.errorCode, nested.code, body.code]) {
    if (typeof value === "number" || (typeof value === "string" && value !== "")) return value;
  }
  return undefined;
}

function codeByService(code: number | string | undefined): ErrorCode | undefined {
  return code === undefined ? undefined : BY_SERVICE[String(code).toLowerCase()];
}

function codeByStatus(status: number, area: CallArea): ErrorCode {
  if (status === 401) return "INVALID_API_KEY";
  if (status === 402) return "INSUFFICIENT_BALANCE";
  if (status === 429) return "RATE_LIMITED";
  if (area === "stream") {
    if (status === 403) return "API_STREAM_FORBIDDEN";
    return status === 404 ? "API_STREAM_NOT_FOUND" : "API_STREAM_FAILED";
  }
  if (status === 403) return "API_FORBIDDEN";
  if (status === 404) return "API_NOT_FOUND";
  if (status === 408 || status === 504) return "API_TIMEOUT";
  if (status === 413) return "API_REJECTED";
  if (status === 400 || status === 409 || status === 422) {
    return area === "workflow-start" ? "API_WORKFLOW_REJECTED" : "API_REJECTED";
  }
  return status >= 500 ? "API_UNAVAILABLE" : "API_REQUEST_FAILED";
}

// An HTML error page or a stack trace is not a message.
function excerpt(text: string): string {
  const plain = /<[a-z!]/i.test(text) ? text.replace(/<[^<>]*>/g, " ").replace(/\s+/g, " ") : text;
  const limit = plain === text ? 500 : 200;
  return plain.length > limit ? `${plain.slice(0, limit)}…` : plain.trim();
}
