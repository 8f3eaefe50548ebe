/**
 * A chat completion that comes as server-sent events: pieces of text, then tool calls and what they
 * made. Put together it has the shape of an answer that comes as a whole.
 */
import { AppError } from "../../errors/app_error.ts";
import { readFrames } from "./frames.ts";
import { errorFromAnswer } from "./http_error.ts";
import { asList, asNumber, asObject, isObject, type Json } from "./read.ts";

/** Whether an answer is a stream of events. */
export function isEventStream(response: Response): boolean {
  return /^text\/event-stream\b/i.test(response.headers.get("content-type") ?? "");
}

/** How a streamed answer is read. */
export interface ChatStreamOptions {
  readonly signal?: AbortSignal;
  /** Milliseconds without a byte; tools run on the server before the text begins. */
  readonly idleMs: number;
  /** Called with each piece of text as it comes. */
  readonly onText: (text: string) => void;
}

/**
 * Reads a streamed answer to its end.
 *
 * @returns a completion with one choice, whose message holds everything
 * @throws AppError what the service said went wrong, `API_STREAM_FAILED` when the stream broke off
 */
export async function readChatStream(
  response: Response,
  url: URL,
  options: ChatStreamOptions,
): Promise<Json> {
  const answer = new Answer();
  const { signal, idleMs } = options;
  const reading = { idleMs, ...(signal ? { signal } : {}), countsUnended: () => true };
  for await (const { data } of readFrames(response, reading)) {
    if (data === "[DONE]") return answer.completion();
    if (!isObject(data)) continue;
    if (data.error !== undefined) throw failed(url, data);
    const text = answer.add(data);
    if (text !== "") options.onText(text);
  }
  if (answer.isFinished) return answer.completion();
  throw new AppError("API_STREAM_FAILED", "The answer broke off before its end.", {
    details: { url: `${url.origin}${url.pathname}` },
    hint: "What was said so far is above; asking again is paid for again.",
  });
}

function failed(url: URL, body: Json): AppError {
  const answer = { url, status: 200, statusText: "", retryAfter: null, body };
  return errorFromAnswer(answer, "call", Date.now());
}

/** Gathers the pieces. */
class Answer {
  #top: Record<string, unknown> = {};
  #content = "";
  #calls: Record<string, unknown>[] = [];
  #finish: unknown;

  get isFinished(): boolean {
    return typeof this.#finish === "string";
  }

  /** Takes a piece in; returns its text. */
  add(piece: Json): string {
    const { choices, data, ...top } = piece;
    const inner = asObject(data);
    this.#top = { ...this.#top, ...top, ...(isObject(data) ? without(inner, "choices") : {}) };
    const choice = asObject(asList(choices ?? inner.choices)[0]);
    this.#finish = choice.finish_reason ?? this.#finish;
    const delta = asObject(choice.delta ?? choice.message);
    for (const call of asList(delta.tool_calls ?? delta.toolCalls)) this.#addCall(asObject(call));
    const text = typeof delta.content === "string" ? delta.content : "";
    this.#content += text;
    return text;
  }

  completion(): Json {
    const calls = this.#calls.filter((call) => call !== undefined);
    return {
      ...this.#top,
      object: "chat.completion",
      choices: [{
        index: 0,
        message: {
          role: "assistant",
          content: this.#content,
          ...(calls.length === 0 ? {} : { tool_calls: calls }),
        },
        finish_reason: this.#finish ?? null,
      }],
    };
  }

  /** The name of a call comes once, its arguments come in pieces. */
  #addCall(piece: Json): void {
    const index = asNumber(piece.index) ?? this.#calls.length;
    const known = asObject(this.#calls[index]);
    const [before, now] = [asObject(known.function), asObject(piece.function)];
    const joined = `${before.arguments ?? ""}${now.arguments ?? ""}`;
    this.#calls[index] = {
      ...known,
      ...without(piece, "index"),
      function: { ...before, ...now, arguments: joined },
    };
  }
}

function without(object: Json, key: string): Json {
  return Object.fromEntries(Object.entries(object).filter(([name]) => name !== key));
}
