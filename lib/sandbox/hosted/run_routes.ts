/** Durable chat runs. */
import type { SandboxContext } from "../context.ts";
import { failure, readJsonObject, success } from "../http/reply.ts";
import type { Reply, RouteModule, SandboxRequest } from "../http/route.ts";
import { readConversation } from "./assistant.ts";
import { type ChatRun, startChatRun } from "./chat_run.ts";

const PATH = "/v1/chat/runs";

/** Start, record, events, cancel, cost confirmation. */
export const runRoutes: RouteModule = (context) => {
  const runs = new Map<string, ChatRun>();
  const byKey = new Map<string, ChatRun>();
  const withRun =
    (handle: (run: ChatRun, request: SandboxRequest) => Reply) =>
    (request: SandboxRequest): Reply => {
      const run = runs.get(request.params.id ?? "");
      return run ? handle(run, request) : failure(404, "Chat run not found");
    };
  return [
    { method: "POST", path: PATH, handle: (request) => start(context, runs, byKey, request) },
    {
      method: "GET",
      path: `${PATH}/:id`,
      handle: withRun((run) => success({ run: run.record() })),
    },
    {
      method: "GET",
      path: `${PATH}/:id/events/stream`,
      handle: withRun((run, request) => run.log.stream(request)),
    },
    {
      method: "POST",
      path: `${PATH}/:id/cancel`,
      handle: withRun((run) => {
        run.cancel();
        return success({ run: run.record() });
      }),
    },
    {
      method: "POST",
      path: `${PATH}/:id/confirm-cost`,
      handle: withRun((run) => success({ run: run.record() })),
    },
  ];
};

function start(
  context: SandboxContext,
  runs: Map<string, ChatRun>,
  byKey: Map<string, ChatRun>,
  request: SandboxRequest,
): Reply {
  const key = request.headers["idempotency-key"];
  const known = key === undefined ? undefined : byKey.get(key);
  if (known) return success({ run: known.record(), idempotent: true });
  const body = readJsonObject(request);
  const talk = readConversation(body?.messages);
  if (!body || !talk) return failure(400, "messages are required");
  const inline = findInline(body, "");
  if (inline !== undefined) return failure(400, `inline media is not allowed at ${inline}`);
  const model = typeof body.model === "string" ? body.model : "sandbox";
  const run = startChatRun(context, talk, model);
  runs.set(run.id, run);
  if (key !== undefined) byKey.set(key, run);
  return success({ run: run.record() }, 201);
}

/** Path of the first `data:` value; runs take none. */
function findInline(value: unknown, path: string): string | undefined {
  if (typeof value === "string") return value.startsWith("data:") ? path : undefined;
  if (typeof value !== "object" || value === null) return undefined;
  for (const [key, part] of Object.entries(value)) {
    const found = findInline(part, `${path}.${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}
