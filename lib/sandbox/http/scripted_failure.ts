/** REST failures that a fault script asks for. */
import type { SandboxContext } from "../context.ts";
import type { RuleOf } from "../faults/fault_book.ts";
import { failure } from "./reply.ts";
import type { Reply, SandboxRequest } from "./route.ts";

/** @returns `undefined` when the call may go on to its route */
export async function scriptedFailure(
  context: SandboxContext,
  request: SandboxRequest,
): Promise<Reply | undefined> {
  const rule = context.faults.strike("rest", { path: request.path, method: request.method });
  if (!rule) return undefined;
  if (rule.delay) await context.clock.sleep(rule.delay, request.signal);
  // A rule that only delays lets the call through.
  if (rule.delay && rule.status === undefined && rule.body === undefined) return undefined;
  return spoiltReply(rule);
}

function spoiltReply(rule: RuleOf<"rest">): Reply {
  const status = rule.status ?? (rule.body === "malformed" ? 200 : 503);
  const message = rule.message ?? "The sandbox was told to fail here.";
  const retry: Record<string, string> = rule.retryAfter === undefined
    ? {}
    : { "retry-after": String(rule.retryAfter) };
  const bare = (type: string, body: string): Reply => ({
    status,
    headers: { "content-type": type, ...retry },
    body,
  });
  switch (rule.body ?? "envelope") {
    case "html":
      return bare(
        "text/html",
        `<html><head><title>${status}</title></head><body>nginx</body></html>`,
      );
    case "text":
      return bare("text/plain", message);
    case "malformed":
      return bare("application/json", '{"status":"success","data":{');
    case "empty":
      return bare("text/plain", "");
    case "envelope":
      return failure(
        status,
        message,
        rule.errorCode ?? status,
        rule.retryAfter === undefined ? {} : { retryAfter: rule.retryAfter },
      );
  }
}
