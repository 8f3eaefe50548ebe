/** Following a chat run to its end: words, jobs, results. */
import { AppError } from "../../errors/app_error.ts";
import { withDeadline } from "../../service/deadline.ts";
import type { HostedClient } from "../../service/hosted/client.ts";
import { type FollowEnd, followEvents } from "../../service/hosted/follow.ts";
import { shownPayload } from "../../service/hosted/http_error.ts";
import { JobLines } from "../../service/hosted/job_lines.ts";
import { asObject, textAt } from "../../service/hosted/read.ts";
import { endsRun, readRunEvent } from "../../service/hosted/run_events.ts";
import { RunState } from "../../service/hosted/run_state.ts";
import type { CommandContext } from "../context.ts";
import { interrupted } from "../execute.ts";
import { endState, type HostedEnd } from "./hosted_entry.ts";
import { settleFromRecord } from "./run_record.ts";
import { saveMedia } from "./save_media.ts";
import type { HostedSession } from "./session.ts";
import { StreamedText } from "./streamed_text.ts";

/** How long an interrupted run waits for the server to confirm the cancellation. */
const CANCEL_MS = 5000;

/** A run that is followed. */
export interface AttendedRun {
  readonly runId: string;
  /** Where results go; absent: nowhere. */
  readonly output?: string | undefined;
  /** An interrupt ends the run at the server, too. */
  readonly cancels: boolean;
}

/** How it ended. */
export interface RunEnd extends HostedEnd {
  readonly run: RunState;
}

/** @throws AppError `DURABLE_CHAT_*`, what saving throws, `USER_CANCELLED` after a signal */
export async function attendRun(
  context: CommandContext,
  session: HostedSession,
  { runId, output, cancels }: AttendedRun,
): Promise<RunEnd> {
  const run = new RunState();
  const shown = new StreamedText(context);
  try {
    const end = await follow(context, session, runId, run, shown);
    if (!end.terminal) await settleFromRecord(session.client, runId, run, end);
  } catch (error) {
    const name = session.interruptedBy();
    if (name === undefined) throw error;
    shown.close();
    const canceled = cancels && await cancelRun(session.client, runId);
    throw new AppError("USER_CANCELLED", whatBecame(runId, cancels, canceled), {
      details: { ...interrupted(name).details, runId, canceled },
      ...(canceled ? {} : { hint: `Wait for it with: sogni-agent jobs wait ${runId}` }),
    });
  } finally {
    shown.close();
  }
  if (run.failure) throw runFailed(runId, run.failure);
  const localPaths = await saveMedia(context, session, run.mediaUrls, output);
  return { run, localPaths, state: endState(run.status, localPaths.length) };
}

/** Says how a run ended that did not simply complete. */
export function sayHowItEnded(
  { report }: CommandContext,
  { status, waitingFor, waitingPayload }: RunState,
): void {
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

async function follow(
  { report }: CommandContext,
  { client, signal }: HostedSession,
  runId: string,
  run: RunState,
  shown: StreamedText,
): Promise<FollowEnd> {
  const jobs = new JobLines();
  const path = `/v1/chat/runs/${encodeURIComponent(runId)}/events/stream`;
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
      report.note(`Connection lost; trying again in ${(ms / 1000).toFixed(1)} s...`),
    signal,
  }, (frame) => {
    const event = readRunEvent(frame);
    shown.add(run.apply(event));
    if (report.style.json) return;
    const line = event.kind === "progress" ? jobs.next(event.progress) : undefined;
    if (line !== undefined) report.note(line);
  });
}

/** Ends a run at the server. The client's own signal may be aborted, so another client asks. */
export async function cancelRun(client: HostedClient, runId: string): Promise<boolean> {
  const { createHostedClient } = await import("../../service/hosted/client.ts");
  const { signal: _aborted, ...options } = client.options;
  const path = `/v1/chat/runs/${encodeURIComponent(runId)}/cancel`;
  const body = { reason: "interrupted by the user" };
  const asked = createHostedClient({ ...options, timeoutMs: CANCEL_MS })
    .call({ method: "POST", path, body, repeat: "never", bySdk: true });
  return await withDeadline(asked, CANCEL_MS, () => new Error("no confirmation came"))
    .then(() => true, () => false);
}

function whatBecame(runId: string, cancels: boolean, canceled: boolean): string {
  if (canceled) return `Interrupted; run ${runId} was cancelled.`;
  return cancels
    ? `Interrupted; run ${runId} may still be going on at the server.`
    : `Interrupted; run ${runId} goes on at the server.`;
}

function runFailed(runId: string, failure: NonNullable<RunState["failure"]>): AppError {
  const { message, code, payload } = failure;
  return new AppError("DURABLE_CHAT_RUN_FAILED", message, {
    details: {
      runId,
      ...(code === undefined ? {} : { serviceCode: code }),
      payload: shownPayload(payload),
    },
  });
}
