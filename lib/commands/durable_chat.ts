/** `--durable-chat`: a chat that runs on the server and is followed from here. */
import { AppError } from "../errors/app_error.ts";
import { answerLists } from "../service/hosted/chat_answer.ts";
import { withDeadline } from "../service/deadline.ts";
import { chatRunBody } from "../service/hosted/chat_body.ts";
import type { HostedClient } from "../service/hosted/client.ts";
import { type FollowEnd, followEvents } from "../service/hosted/follow.ts";
import { JobLines } from "../service/hosted/job_lines.ts";
import { asObject, fromEnvelope, textAt } from "../service/hosted/read.ts";
import { endsRun, readRunEvent } from "../service/hosted/run_events.ts";
import { RunState } from "../service/hosted/run_state.ts";
import type { CommandContext, CommandRun } from "./context.ts";
import { interrupted } from "./execute.ts";
import { prepareConversation, requireSubject, sanitizedField } from "./hosted/conversation.ts";
import { settleFromRecord } from "./hosted/run_record.ts";
import { saveMedia } from "./hosted/save_media.ts";
import { type HostedSession, inSession } from "./hosted/session.ts";
import { StreamedText } from "./hosted/streamed_text.ts";

/** How long an interrupted run waits for the server to confirm the cancellation. */
const CANCEL_MS = 5000;

/** Starts the run, prints what comes, ends with the run. */
export const run: CommandRun = (context) => {
  requireSubject(context, "--durable-chat");
  return inSession(context, async (session) => {
    const { invocation, report } = context;
    const talk = await prepareConversation(context, session, "durable");
    const key = invocation.options.workflowIdempotencyKey ?? `sogni-agent-${crypto.randomUUID()}`;
    const body = await session.client.call({
      method: "POST",
      path: "/v1/chat/runs",
      body: chatRunBody(talk),
      headers: { "Idempotency-Key": key },
      repeat: "safe",
      bySdk: true,
    });
    const runId = readRunId(body);
    report.note(`Run: ${runId}`);
    const state = new RunState();
    const shown = new StreamedText(context);
    try {
      const end = await follow(context, session, runId, state, shown);
      if (!end.terminal) await settleFromRecord(session.client, runId, state, end);
    } finally {
      shown.close();
    }
    if (state.failure) throw runFailed(runId, state.failure);
    const localPaths = await saveMedia(context, session, state.mediaUrls);
    report.result({
      success: true,
      type: "durable-chat",
      runId,
      status: state.status,
      content: state.content,
      toolCalls: state.toolCalls,
      workflows: state.workflows,
      ...(state.waitingFor === undefined ? {} : { waitingFor: state.waitingFor }),
      ...(localPaths.length === 0 ? {} : { localPaths }),
      ...sanitizedField(talk.sanitizer),
      idempotencyKey: key,
      ...(session.sandbox ? { sandbox: true } : {}),
    }, answerLists(state));
    sayHowItEnded(context, state);
    return 0;
  });
};

function readRunId(body: unknown): string {
  const id = textAt(asObject(fromEnvelope(body, "run") ?? asObject(body).run), "runId", "id");
  if (id !== undefined) return id;
  throw new AppError("DURABLE_CHAT_NO_RUN_ID", "The API accepted the chat run without naming it.", {
    details: { payload: body },
    hint: "Run it again with the same --workflow-idempotency-key, so that it is not paid twice.",
  });
}

async function follow(
  context: CommandContext,
  session: HostedSession,
  runId: string,
  state: RunState,
  shown: StreamedText,
): Promise<FollowEnd> {
  const { report } = context;
  const { client, signal } = session;
  const jobs = new JobLines();
  const path = `/v1/chat/runs/${encodeURIComponent(runId)}/events/stream`;
  try {
    return await followEvents({
      connect: (lastId) =>
        client.open({
          method: "GET",
          path,
          headers: {
            accept: "text/event-stream",
            ...(lastId === undefined ? {} : { "last-event-id": lastId }),
          },
          repeat: "never",
          bySdk: true,
          area: "stream",
        }),
      isTerminal: endsRun,
      onReconnect: (_attempt, ms) =>
        report.note(`Connection lost; trying again in ${seconds(ms)}...`),
      signal,
    }, (frame) => {
      const event = readRunEvent(frame);
      const text = state.apply(event);
      shown.add(text);
      if (report.style.json) return;
      const line = event.kind === "progress" ? jobs.next(event.progress) : undefined;
      if (line !== undefined) report.note(line);
    });
  } catch (error) {
    const name = session.interruptedBy();
    if (name === undefined) throw error;
    shown.close();
    const cancelled = await cancelRun(client, runId);
    throw new AppError(
      "USER_CANCELLED",
      cancelled
        ? `Interrupted; run ${runId} was cancelled.`
        : `Interrupted; run ${runId} may still be going on at the server.`,
      { details: { ...interrupted(name).details, runId, canceled: cancelled } },
    );
  }
}

/** The client's own signal is aborted by now, so that this call goes by a client without one. */
async function cancelRun(client: HostedClient, runId: string): Promise<boolean> {
  const { createHostedClient } = await import("../service/hosted/client.ts");
  const { signal: _aborted, ...options } = client.options;
  const path = `/v1/chat/runs/${encodeURIComponent(runId)}/cancel`;
  const body = { reason: "interrupted by the user" };
  const asked = createHostedClient({ ...options, timeoutMs: CANCEL_MS })
    .call({ method: "POST", path, body, repeat: "never", bySdk: true });
  return await withDeadline(asked, CANCEL_MS, () => new Error("no confirmation came"))
    .then(() => true, () => false);
}

function runFailed(runId: string, failure: NonNullable<RunState["failure"]>): AppError {
  const { message, code, payload } = failure;
  return new AppError("DURABLE_CHAT_RUN_FAILED", message, {
    details: { runId, ...(code === undefined ? {} : { serviceCode: code }), payload },
  });
}

function sayHowItEnded(
  { report }: CommandContext,
  { status, waitingFor, waitingPayload }: RunState,
) {
  if (status === "waiting_for_user") {
    const summary = textAt(asObject(waitingPayload), "summary", "message", "question");
    report.important(
      `The run waits for you: ${waitingFor ?? "other"}${
        summary === undefined ? "" : ` (${summary})`
      }`,
    );
  } else if (status === "partial_failure" || status === "cancelled") {
    report.warn(`the run ended as ${status}.`);
  }
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
