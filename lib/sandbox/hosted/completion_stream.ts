/** A chat completion as server-sent events: its text word by word, then everything else. */
import type { SandboxContext } from "../context.ts";
import { eventStream } from "../http/reply.ts";
import type { Reply, SandboxRequest } from "../http/route.ts";

/** A completion with one choice, as an answer that comes whole holds it. */
export type Completion = Readonly<Record<string, unknown>> & {
  readonly choices: readonly [{
    readonly index: 0;
    readonly message: {
      readonly role: "assistant";
      readonly content: string;
      readonly tool_calls?: readonly unknown[];
    };
    readonly finish_reason: string;
  }];
};

const WORD_MS = 15;
const DEFAULT_DROP = 2;

/** The answer as a stream, cut after some events where the faults say so. */
export function streamCompletion(
  context: SandboxContext,
  request: SandboxRequest,
  completion: Completion,
): Reply {
  const drop = context.faults.strike("dropStream", { path: request.path });
  const limit = drop ? drop.after ?? DEFAULT_DROP : Infinity;
  const events = write(context, request, completion, limit);
  return { ...eventStream(events), ...(drop ? { breakOff: true } : {}) };
}

async function* write(
  context: SandboxContext,
  request: SandboxRequest,
  completion: Completion,
  limit: number,
): AsyncGenerator<string> {
  let sent = 0;
  for (const piece of pieces(completion)) {
    if (sent++ >= limit || request.signal.aborted) return;
    yield `data: ${typeof piece === "string" ? piece : JSON.stringify(piece)}\n\n`;
    await context.clock.work(WORD_MS, request.signal);
  }
}

function* pieces({ choices, ...top }: Completion): Generator<string | Record<string, unknown>> {
  const { id, created, model } = top;
  const [{ message, finish_reason }] = choices;
  const chunk = (delta: Record<string, unknown>) => ({
    id,
    object: "chat.completion.chunk",
    created,
    model,
    choices: [{ index: 0, delta, finish_reason: null as string | null }],
  });
  yield chunk({ role: "assistant", content: "" });
  for (const word of message.content.split(/(?<= )/)) yield chunk({ content: word });
  const calls = message.tool_calls ?? [];
  const delta = calls.length === 0
    ? {}
    : { tool_calls: calls.map((call, index) => ({ ...call as object, index })) };
  yield { ...top, object: "chat.completion.chunk", choices: [{ index: 0, delta, finish_reason }] };
  yield "[DONE]";
}
