/** Makers of answers in the shapes the service uses. */
import type { Reply, SandboxRequest } from "./route.ts";

const JSON_TYPE = "application/json; charset=utf-8";

/** A bare JSON body: every answer of the socket host, and the few exceptions of the API host. */
export function bareJson(value: unknown, status = 200): Reply {
  return { status, headers: { "content-type": JSON_TYPE }, body: JSON.stringify(value) };
}

/** The API host's envelope of success. */
export function success(data: unknown, status = 200): Reply {
  return bareJson({ status: "success", data }, status);
}

/** The error envelope; `errorCode` is the HTTP status unless given. */
export function failure(
  status: number,
  message: string,
  errorCode: number = status,
  extra: { retryAfter?: number; details?: Record<string, unknown> } = {},
): Reply {
  const answer = bareJson({ status: "error", message, errorCode, ...extra }, status);
  if (extra.retryAfter === undefined) return answer;
  return { ...answer, headers: { ...answer.headers, "retry-after": String(extra.retryAfter) } };
}

/** An answer without a body. */
export function empty(status = 200): Reply {
  return { status, headers: {}, body: "" };
}

/** Server-sent events; each piece is written as it comes. */
export function eventStream(pieces: AsyncIterable<string>): Reply {
  return {
    status: 200,
    headers: { "content-type": "text/event-stream", "cache-control": "no-cache" },
    body: pieces,
  };
}

/** An error of the object store, which speaks XML. */
export function storageFailure(status: number, code: string, message: string): Reply {
  return {
    status,
    headers: { "content-type": "application/xml" },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n` +
      `<Error><Code>${code}</Code><Message>${message}</Message></Error>`,
  };
}

/** The request's body as a JSON object; `undefined` when it is not one. */
export function readJsonObject(request: SandboxRequest): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(request.body));
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a value is a plain JSON object. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
