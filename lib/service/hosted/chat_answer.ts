/** Reading the answer of a chat completion. */
import { asList, asObject, fromEnvelope, type Json, textAt } from "./read.ts";

/** What an answer says. */
export interface ChatAnswer {
  readonly content: string;
  readonly toolCalls: readonly unknown[];
  readonly workflows: readonly unknown[];
}

/** Reads a completion; the envelope is looked into first, then the top level. */
export function readChatAnswer(body: unknown): ChatAnswer {
  const choice = asObject(asList(fromEnvelope(body, "choices") ?? asObject(body).choices)[0]);
  const message = asObject(choice.message ?? choice.delta);
  const workflows = fromEnvelope(body, "creative_workflows") ?? asObject(body).creative_workflows;
  return {
    content: readContent(message.content),
    toolCalls: asList(message.tool_calls ?? message.toolCalls),
    workflows: asList(workflows),
  };
}

/** Lines that follow the text: tool calls, then workflows, each with a heading. */
export function answerLists({ toolCalls, workflows }: Omit<ChatAnswer, "content">): string[] {
  const calls = toolCalls.map((call) => `  - ${toolName(asObject(call))}`);
  const runs = workflows.map((workflow) => {
    const record = asObject(workflow);
    const id = textAt(record, "workflowId", "id") ?? "-";
    return `  - ${id}: ${textAt(record, "status") ?? "submitted"}`;
  });
  return [
    ...(calls.length > 0 ? ["", "Tool calls:", ...calls] : []),
    ...(runs.length > 0 ? ["", "Creative workflows:", ...runs] : []),
  ];
}

// Some models answer in parts.
function readContent(content: unknown): string {
  if (typeof content === "string") return content;
  return asList(content).map((part) => textAt(asObject(part), "text") ?? "").join("");
}

function toolName(call: Json): string {
  return textAt(asObject(call.function), "name") ?? textAt(call, "name", "toolName", "tool") ?? "-";
}
