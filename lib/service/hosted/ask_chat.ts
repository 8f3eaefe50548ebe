/** Asking the assistant: one answer, whole or as it comes. */
import { AppError } from "../../errors/app_error.ts";
import { isEventStream, readChatStream } from "./chat_stream.ts";
import { type HostedClient, readJson } from "./client.ts";

// Tools run on the server before the answer begins.
const ANSWER_MS = 300_000;

/** How an answer is asked for. */
export interface AskOptions {
  /** Ask for the text as it comes. An answer that comes as a whole is taken all the same. */
  readonly stream: boolean;
  /** Called with each piece of a streamed text. */
  readonly onText: (text: string) => void;
}

/**
 * Sends a chat completion; it is never repeated once it may have been accepted.
 *
 * @returns the answer as JSON, however it came
 * @throws AppError
 */
export async function askChat(
  client: HostedClient,
  body: Readonly<Record<string, unknown>>,
  { stream, onText }: AskOptions,
): Promise<unknown> {
  const { signal } = client.options;
  const ask = (streamed: boolean) =>
    client.call({
      method: "POST",
      path: "/v1/chat/completions",
      body: streamed ? { ...body, stream: true } : body,
      ...(streamed ? { headers: { accept: "text/event-stream, application/json" } } : {}),
      repeat: "never",
      bySdk: true,
      timeoutMs: ANSWER_MS,
    }, async (response, url) => {
      if (!isEventStream(response)) return await readJson(response, url);
      return await readChatStream(response, url, {
        idleMs: ANSWER_MS,
        onText,
        ...(signal ? { signal } : {}),
      });
    });
  if (!stream) return await ask(false);
  try {
    return await ask(true);
  } catch (error) {
    if (!refusesStreams(error)) throw error;
    return await ask(false);
  }
}

/** The service refused the request because it does not stream: nothing was begun or paid for. */
function refusesStreams(error: unknown): boolean {
  if (!(error instanceof AppError)) return false;
  const status = Number(error.details?.status);
  return [400, 406, 415, 422].includes(status) && /stream/i.test(error.message);
}
