/** `--durable-chat`: a chat that runs on the server and is followed from here. */
import { AppError } from "../errors/app_error.ts";
import { answerLists } from "../service/hosted/chat_answer.ts";
import { chatRunBody } from "../service/hosted/chat_body.ts";
import { shownPayload } from "../service/hosted/http_error.ts";
import { asObject, fromEnvelope, textAt } from "../service/hosted/read.ts";
import type { CommandRun } from "./context.ts";
import { attendRun, sayHowItEnded } from "./hosted/attend_run.ts";
import { prepareConversation, requireSubject, sanitizedField } from "./hosted/conversation.ts";
import { enterHosted } from "./hosted/hosted_entry.ts";
import { inSession } from "./hosted/session.ts";

/** Starts the run, prints what comes, ends with the run. */
export const run: CommandRun = (context) => {
  requireSubject(context, "--durable-chat");
  return inSession(context, async (session) => {
    const { invocation, report } = context;
    const { output, workflowIdempotencyKey } = invocation.options;
    const talk = await prepareConversation(context, session, "durable");
    const key = workflowIdempotencyKey ?? `sogni-agent-${crypto.randomUUID()}`;
    const { tokenType, settings: { model } } = talk;
    const draft = { medium: "chat", model, tokenType, idempotencyKey: key } as const;
    const entry = await enterHosted(context, session, draft);
    const runId = await entry.begin(async () => {
      const body = await session.client.call({
        method: "POST",
        path: "/v1/chat/runs",
        body: chatRunBody(talk),
        headers: { "Idempotency-Key": key },
        repeat: "safe",
        bySdk: true,
      });
      const id = readRunId(body);
      return { answer: id, id };
    });
    report.note(`Run: ${runId}`);
    const { run, localPaths } = await entry.attend(() =>
      attendRun(context, session, { runId, output, cancels: true })
    );
    report.result({
      success: true,
      type: "durable-chat",
      runId,
      status: run.status,
      content: run.content,
      toolCalls: run.toolCalls,
      workflows: run.workflows,
      ...(run.waitingFor === undefined ? {} : { waitingFor: run.waitingFor }),
      ...(localPaths.length === 0 ? {} : { localPaths }),
      ...sanitizedField(talk.sanitizer),
      idempotencyKey: key,
      ...(session.sandbox ? { sandbox: true } : {}),
    }, answerLists(run));
    sayHowItEnded(context, run);
    return 0;
  });
};

function readRunId(body: unknown): string {
  const id = textAt(asObject(fromEnvelope(body, "run") ?? asObject(body).run), "runId", "id");
  if (id !== undefined) return id;
  throw new AppError("DURABLE_CHAT_NO_RUN_ID", "The API accepted the chat run without naming it.", {
    details: { payload: shownPayload(body) },
    hint: "Run it again with the same --workflow-idempotency-key, so that it is not paid twice.",
  });
}
