/** Following a workflow's events to its end. */
import { AppError } from "../../errors/app_error.ts";
import { followEvents } from "../../service/hosted/follow.ts";
import { asObject, textAt } from "../../service/hosted/read.ts";
import {
  endOf,
  frameLine,
  readWorkflow,
  type WorkflowEnd,
  workflowEnd,
} from "../../service/hosted/workflow_view.ts";
import type { CommandContext } from "../context.ts";
import { interrupted } from "../execute.ts";
import { endState, type HostedEnd } from "./hosted_entry.ts";
import { findMediaUrls, saveMedia } from "./save_media.ts";
import type { HostedSession } from "./session.ts";

/** How watched work ended. */
export interface AttendedWorkflow extends HostedEnd {
  readonly status: WorkflowEnd;
  /** The record with the results; absent when none were to be saved. */
  readonly record?: Readonly<Record<string, unknown>>;
}

/**
 * Watches a workflow to its end and saves its results.
 *
 * @param output where they go; absent: nowhere
 * @throws AppError as {@link watchWorkflow} and saving do
 */
export async function attendWorkflow(
  context: CommandContext,
  session: HostedSession,
  workflowId: string,
  output: string | undefined,
): Promise<AttendedWorkflow> {
  const status = await watchWorkflow(context, session, workflowId);
  if (output === undefined) return { status, localPaths: [], state: endState(status, 0) };
  const path = `/v1/creative-agent/workflows/${encodeURIComponent(workflowId)}`;
  const body = await session.client.call({ method: "GET", path, repeat: "safe", bySdk: true });
  const record = readWorkflow(body);
  const urls = findMediaUrls(record.artifacts);
  const localPaths = await saveMedia(context, session, urls, output);
  return { status, record, localPaths, state: endState(status, localPaths.length) };
}

/**
 * Prints a line for each event until the workflow ends; on stderr in JSON mode.
 *
 * @param onConnected called once the stream was accepted
 * @throws AppError `WORKFLOW_FAILED`, `API_STREAM_FAILED`, or `USER_CANCELLED` after a signal; the
 *   workflow itself goes on at the server
 */
export async function watchWorkflow(
  context: CommandContext,
  session: HostedSession,
  workflowId: string,
  onConnected: () => void = () => {},
): Promise<WorkflowEnd> {
  const { host, report } = context;
  const { client, signal } = session;
  const path = `/v1/creative-agent/workflows/${encodeURIComponent(workflowId)}`;
  let end: WorkflowEnd | undefined;
  let failure: string | undefined;
  try {
    const followed = await followEvents({
      connect: (lastId) =>
        client.open({
          method: "GET",
          path: `${path}/events/stream`,
          query: { after: lastId },
          headers: {
            accept: "text/event-stream",
            ...(lastId === undefined ? {} : { "last-event-id": lastId }),
          },
          repeat: "never",
          area: "stream",
        }),
      isTerminal: (frame) => workflowEnd(frame) !== undefined,
      goesOn: async (frame) => {
        const seen = workflowEnd(frame);
        return RESUMABLE.includes(seen) && await isPast(session, path, seen);
      },
      onConnected,
      onReconnect: (_attempt, ms) =>
        report.note(`Connection lost; trying again in ${(ms / 1000).toFixed(1)} s...`),
      signal,
    }, (frame) => {
      if (frame.data === undefined && frame.id === undefined && frame.retry !== undefined) return;
      end = workflowEnd(frame) ?? end;
      const data = asObject(frame.data);
      failure = textAt(asObject(data.error), "message") ?? textAt(data, "message", "error") ??
        failure;
      if (report.style.json) report.note(frameLine(frame));
      else host.write("stdout", `${frameLine(frame)}\n`);
    });
    if (!followed.terminal) {
      end = await endByRecord(session, path, workflowId, followed.lastEventId);
    }
  } catch (error) {
    const name = session.interruptedBy();
    if (name === undefined) throw error;
    report.important(
      `The workflow goes on. Watch it again with: sogni-agent --stream-workflow ${workflowId}`,
    );
    throw new AppError("USER_CANCELLED", "Interrupted; the workflow goes on at the server.", {
      details: { ...interrupted(name).details, workflowId },
    });
  }
  if (end === "failed") {
    throw new AppError("WORKFLOW_FAILED", failure ?? `Workflow ${workflowId} failed.`, {
      details: { workflowId, status: "failed" },
      hint: `See its steps with: sogni-agent --workflow-events ${workflowId}`,
    });
  }
  if (end === "partial_failure" || end === "cancelled") {
    report.warn(`the workflow ended as ${end}.`);
  }
  return end ?? "completed";
}

const RESUMABLE: readonly (WorkflowEnd | undefined)[] = [
  "waiting_for_user",
  "failed",
  "partial_failure",
];

/** Whether the record says that the workflow has left the state that its history tells of. */
async function isPast(
  { client }: HostedSession,
  path: string,
  seen: WorkflowEnd | undefined,
): Promise<boolean> {
  const body = await client.call({ method: "GET", path, repeat: "safe" }).catch(() => undefined);
  const status = textAt(readWorkflow(body), "status");
  return status !== undefined && status !== seen;
}

async function endByRecord(
  { client }: HostedSession,
  path: string,
  workflowId: string,
  lastEventId: string | undefined,
): Promise<WorkflowEnd> {
  const body = await client.call({ method: "GET", path, repeat: "safe" })
    .catch((cause: unknown) => {
      if (client.options.signal?.aborted) throw cause;
      return undefined;
    });
  const end = endOf(readWorkflow(body).status);
  if (end !== undefined) return end;
  throw new AppError(
    "API_STREAM_FAILED",
    `The event stream of workflow ${workflowId} broke off, and the workflow has not ended.`,
    {
      details: { workflowId, lastEventId: lastEventId ?? null },
      hint: `Watch it again with: sogni-agent --stream-workflow ${workflowId}`,
    },
  );
}
