/** How a chat run ended when its event stream did not say. */
import { AppError } from "../../errors/app_error.ts";
import type { HostedClient } from "../../service/hosted/client.ts";
import type { FollowEnd } from "../../service/hosted/follow.ts";
import { asObject, fromEnvelope, textAt } from "../../service/hosted/read.ts";
import type { RunState } from "../../service/hosted/run_state.ts";

/**
 * Asks for the run's record and takes its state over.
 *
 * @throws AppError `DURABLE_CHAT_STREAM_INTERRUPTED` when the run is not known to have ended
 */
export async function settleFromRecord(
  client: HostedClient,
  runId: string,
  state: RunState,
  { lastEventId, error }: FollowEnd,
): Promise<void> {
  const path = `/v1/chat/runs/${encodeURIComponent(runId)}`;
  const body = await client.call({ method: "GET", path, repeat: "safe", bySdk: true })
    .catch((cause: unknown) => {
      if (client.options.signal?.aborted) throw cause;
      return undefined;
    });
  const record = asObject(fromEnvelope(body, "run") ?? asObject(body).run ?? body);
  const status = textAt(record, "status");
  if (status === "failed") {
    const failure = asObject(record.error);
    const code = textAt(failure, "code");
    state.apply({
      kind: "failed",
      message: textAt(failure, "message") ?? "The chat run failed.",
      payload: record,
      ...(code === undefined ? {} : { code }),
    });
  } else if (status === "waiting_for_user") {
    const reason = textAt(asObject(record.waiting), "reason") ?? "other";
    state.apply({ kind: "waiting", reason, payload: record });
  } else if (status === "completed" || status === "partial_failure" || status === "cancelled") {
    state.apply({ kind: "ended", status });
  } else {
    throw new AppError(
      "DURABLE_CHAT_STREAM_INTERRUPTED",
      `The event stream of run ${runId} broke off, and the run has not ended.`,
      {
        details: { runId, lastSequence: sequenceOf(lastEventId) },
        hint: `The run goes on. Wait for it with: sogni-agent jobs wait ${runId}`,
        cause: error,
      },
    );
  }
}

/** Ids of run events are sequence numbers. */
function sequenceOf(id: string | undefined): number | string | null {
  if (id === undefined) return null;
  return /^\d{1,15}$/.test(id) ? Number(id) : id;
}
