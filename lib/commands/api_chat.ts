/** `--api-chat`: one answer of the hosted assistant, with its tools. */
import { askChat } from "../service/hosted/ask_chat.ts";
import { answerLists, readChatAnswer } from "../service/hosted/chat_answer.ts";
import { chatBody } from "../service/hosted/chat_body.ts";
import type { CommandRun } from "./context.ts";
import { prepareConversation, requireSubject, sanitizedField } from "./hosted/conversation.ts";
import { findMediaUrls, saveMedia } from "./hosted/save_media.ts";
import { inSession } from "./hosted/session.ts";
import { StreamedText } from "./hosted/streamed_text.ts";

/** Asks and prints the answer. */
export const run: CommandRun = (context) => {
  requireSubject(context, "--api-chat");
  return inSession(context, async (session) => {
    const { client, sandbox } = session;
    const { host, report } = context;
    const talk = await prepareConversation(context, session, "chat");
    const text = new StreamedText(context);
    const body = await askChat(client, chatBody(talk, client.options.sdkTransport), {
      // Whoever watches sees the answer grow; the SDK's transport cannot stream.
      stream: host.facts.terminal.stdoutIsTerminal && !report.style.json &&
        !client.options.sdkTransport,
      onText: (piece) => text.add(piece),
    }).finally(() => text.close());
    const answer = readChatAnswer(body);
    const media = findMediaUrls([answer.workflows, toolResults(body)]);
    const localPaths = await saveMedia(context, session, media);
    const lists = answerLists(answer);
    const shown = text.isEmpty && answer.content !== "" ? [answer.content, ...lists] : lists;
    if (text.isEmpty && shown.length === 0) report.note("The assistant answered with nothing.");
    report.result({
      success: true,
      type: "api-chat",
      ...answer,
      ...(localPaths.length === 0 ? {} : { localPaths }),
      ...sanitizedField(talk.sanitizer),
      ...(sandbox ? { sandbox: true } : {}),
      raw: body,
    }, shown);
    return 0;
  });
};

function toolResults(body: unknown): unknown {
  const { sogni_tool_results: results, data } = (body ?? {}) as Record<string, unknown>;
  return results ?? (data as Record<string, unknown> | undefined)?.sogni_tool_results;
}
