/** Hosted chat: one answer, bare as the real service gives it, or streamed when that is asked for. */
import { randomUUID } from "node:crypto";
import type { SandboxContext } from "../context.ts";
import { bareJson, failure, readJsonObject } from "../http/reply.ts";
import type { Reply, RouteModule, SandboxRequest } from "../http/route.ts";
import { readMarkers } from "../faults/inline.ts";
import { type AssistantReply, readConversation, reply } from "./assistant.ts";
import { type Completion, streamCompletion } from "./completion_stream.ts";
import { type HostedArtifact, renderTool } from "./hosted_media.ts";
import { scriptedTrouble } from "./trouble.ts";

/** `POST /v1/chat/completions`. */
export const chatRoutes: RouteModule = (context) => [
  { method: "POST", path: "/v1/chat/completions", handle: (request) => complete(context, request) },
];

async function complete(context: SandboxContext, request: SandboxRequest): Promise<Reply> {
  const body = readJsonObject(request);
  const talk = readConversation(body?.messages);
  if (!body || !talk || typeof body.model !== "string") {
    return bareJson({
      error: { message: "model and messages are required", type: "invalid_request" },
    }, 400);
  }
  const { prompt, rules } = readMarkers(talk.user);
  const trouble = scriptedTrouble(context, prompt, rules);
  if (trouble) return failure(400, trouble.message, Number(trouble.code) || 400);
  const withTools = body.sogni_tools !== false && body.sogni_tools !== undefined;
  const answer = reply({ ...talk, user: prompt }, withTools);
  await context.clock.work(200, request.signal);
  const execute = body.sogni_tool_execution !== false;
  const artifacts = answer.tool && execute
    ? await renderTool(context, answer.tool.name, answer.tool.arguments)
    : [];
  const completion = toCompletion(body.model, answer, artifacts);
  return body.stream === true
    ? streamCompletion(context, request, completion)
    : bareJson(completion);
}

function toCompletion(
  model: string,
  { text, tool }: AssistantReply,
  artifacts: readonly HostedArtifact[],
): Completion {
  const call = tool && {
    id: `call_${randomUUID()}`,
    type: "function",
    function: { name: tool.name, arguments: JSON.stringify(tool.arguments) },
  };
  return {
    id: `chatcmpl-${randomUUID()}`,
    object: "chat.completion",
    created: Math.floor(Date.now() / 1000),
    model,
    sandbox: true,
    choices: [{
      index: 0,
      message: { role: "assistant", content: text, ...(call ? { tool_calls: [call] } : {}) },
      finish_reason: call && artifacts.length === 0 ? "tool_calls" : "stop",
    }],
    usage: { prompt_tokens: 1, completion_tokens: text.split(" ").length, total_tokens: 1 },
    ...(call && artifacts.length > 0
      ? {
        sogni_tool_results: [{
          toolCallId: call.id,
          tool: call.function.name,
          result: { mediaUrls: artifacts.map(({ url }) => url), artifacts },
        }],
      }
      : {}),
  };
}
