import { assertEquals, assertRejects } from "@std/assert";
import { AppError } from "../../errors/app_error.ts";
import { RunState } from "../../service/hosted/run_state.ts";
import { testClient } from "../../service/hosted/testing/client.ts";
import { startRecordingServer } from "../../service/hosted/testing/recording_server.ts";
import { settleFromRecord } from "./run_record.ts";

Deno.test("the record of a run says how it ended", async () => {
  const rows: [record: Record<string, unknown>, status: string, waitingFor?: string][] = [
    [{ status: "completed" }, "completed"],
    [{ status: "partial_failure" }, "partial_failure"],
    [{ status: "cancelled" }, "cancelled"],
    [{ status: "failed", error: { message: "no", code: "X" } }, "failed"],
    [{ status: "waiting_for_user", waiting: { reason: "other" } }, "waiting_for_user", "other"],
  ];
  for (const [run, status, waitingFor] of rows) {
    await using server = await startRecordingServer(() => ({ body: { data: { run } } }));
    const state = new RunState();
    await settleFromRecord(testClient(server.origin), "r1", state, { terminal: false });
    assertEquals([state.status, state.waitingFor], [status, waitingFor]);
    assertEquals(server.lines(), ["GET /v1/chat/runs/r1"]);
  }
});

Deno.test("a run that has not ended, or cannot be asked, is told as interrupted", async () => {
  const rows: [body: unknown, status: number, lastId: string | undefined, told: unknown][] = [
    [{ data: { run: { status: "running" } } }, 200, "7", 7],
    [{ data: { run: { status: "queued" } } }, 200, "evt_7", "evt_7"],
    [{}, 404, undefined, null],
  ];
  for (const [body, status, lastId, told] of rows) {
    await using server = await startRecordingServer(() => ({ status, body }));
    const end = { terminal: false, ...(lastId === undefined ? {} : { lastEventId: lastId }) };
    const settle = () => settleFromRecord(testClient(server.origin), "r1", new RunState(), end);
    const error = await assertRejects(settle, AppError);
    assertEquals(error.code, "DURABLE_CHAT_STREAM_INTERRUPTED");
    assertEquals(error.details, { runId: "r1", lastSequence: told });
  }
});
