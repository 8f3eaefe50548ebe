/** `--api-chat`: one answer of the hosted assistant, with its tools. */
import { answerLists, readChatAnswer } from "../service/hosted/chat_answer.ts";
import { chatBody } from "../service/hosted/chat_body.ts";
import type { CommandRun } from "./context.ts";
import { prepareConversation, requireSubject, sanitizedField } from "./hosted/conversation.ts";
import { findMediaUrls, saveMedia } from "./hosted/save_media.ts";
import { inSession } from "./hosted/session.ts";

// Tools run on the server before the answer begins.
const ANSWER_MS = 300_000;

/** Asks and prints the answer. */
export const run: CommandRun = (context) => {
  requireSubject(context, "--api-chat");
  return inSession(context, async (session) => {
    const { client, sandbox } = session;
    const talk = await prepareConversation(context, session, "chat");
    const body = await client.call({
      method: "POST",
      path: "/v1/chat/completions",
      body: chatBody(talk, client.options.sdkTransport),
      repeat: "never",
      bySdk: true,
      timeoutMs: ANSWER_MS,
    });
    const answer = readChatAnswer(body);
    const media = findMediaUrls([answer.workflows, toolResults(body)]);
    const localPaths = await saveMedia(context, session, media);
    const lists = answerLists(answer);
    const text = [...(answer.content === "" ? [] : [answer.content]), ...lists];
    if (text.length === 0) context.report.note("The assistant answered with nothing.");
    context.report.result({
      success: true,
      type: "api-chat",
      ...answer,
      ...(localPaths.length === 0 ? {} : { localPaths }),
      ...sanitizedField(talk.sanitizer),
      ...(sandbox ? { sandbox: true } : {}),
      raw: body,
    }, text);
    return 0;
  });
};

function toolResults(body: unknown): unknown {
  const { sogni_tool_results: results, data } = (body ?? {}) as Record<string, unknown>;
  return results ?? (data as Record<string, unknown> | undefined)?.sogni_tool_results;
}
