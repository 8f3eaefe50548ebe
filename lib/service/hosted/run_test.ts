import { assertEquals } from "@std/assert";
import { JobLines } from "./job_lines.ts";
import { endsRun, type JobProgress, readRunEvent } from "./run_events.ts";
import { RunState } from "./run_state.ts";
import type { SseFrame } from "./sse.ts";

const event = (type: string, payload: unknown = {}): SseFrame => ({
  event: type,
  data: { sequence: 1, type, at: "2026-01-01T00:00:00Z", payload },
});

Deno.test("what each type of event means", () => {
  const rows: [SseFrame, Record<string, unknown>][] = [
    [event("run_created", { content: "no text" }), { kind: "text", text: "" }],
    [event("assistant_message_delta", { content: "a" }), { kind: "text", text: "a" }],
    [event("x", { delta: { content: "b" } }), { kind: "text", text: "b" }],
    [event("x", { choices: [{ delta: { content: "c" } }] }), { kind: "text", text: "c" }],
    [event("assistant_message_completed", { content: "all" }), { kind: "message", text: "all" }],
    [event("run_completed"), { kind: "ended", status: "completed" }],
    [event("run.completed"), { kind: "ended", status: "completed" }],
    [event("done"), { kind: "ended", status: "completed" }],
    [event("run_completed", { status: "partial_failure" }), {
      kind: "ended",
      status: "partial_failure",
    }],
    [event("run_partial_failure"), { kind: "ended", status: "partial_failure" }],
    [event("run_cancelled"), { kind: "ended", status: "cancelled" }],
    [{ event: "run_status", data: { type: "run_completed" } }, { kind: "ignored" }],
    [{ event: "run_completed", data: undefined }, { kind: "ignored" }],
    [{ event: "run_completed", data: "{broken" }, { kind: "ignored" }],
    [{ event: "completed", data: {} }, { kind: "ended", status: "completed" }],
  ];
  for (const [frame, expected] of rows) {
    assertEquals({ ...readRunEvent(frame) }, expected, JSON.stringify(frame));
  }
  const waiting: [string, unknown, string][] = [
    ["run_waiting_for_user", { reason: "safety_review_required" }, "safety_review_required"],
    ["waiting_for_user", { waiting: { reason: "select_media_required" } }, "select_media_required"],
    ["waiting_for_user", {}, "other"],
    ["run_awaiting_cost_confirmation", { estimatedCost: 3 }, "cost_approval_required"],
  ];
  for (const [type, payload, reason] of waiting) {
    const read = readRunEvent(event(type, payload));
    assertEquals(read.kind === "waiting" && read.reason, reason, type);
    assertEquals(endsRun(event(type, payload)), true);
  }
  const failed = readRunEvent(event("run_failed", { error: { message: "no", code: "X1" } }));
  assertEquals(failed.kind === "failed" && [failed.message, failed.code], ["no", "X1"]);
});

Deno.test("wrongly typed fields of progress are dropped", () => {
  const read = readRunEvent(event("tool_call_progress", {
    toolCallId: 5,
    jobIndex: "0",
    jobProgress: 0.5,
    jobEtaSeconds: null,
    resultUrl: 7,
  }));
  assertEquals(read.kind === "progress" && read.progress, { jobProgress: 0.5 });
});

Deno.test("the text of a run is gathered once, with or without deltas", () => {
  const gather = (frames: SseFrame[]) => {
    const state = new RunState();
    const printed = frames.map((frame) => state.apply(readRunEvent(frame))).join("");
    assertEquals(printed, state.content);
    return state.content;
  };
  const delta = (content: string) => event("assistant_message_delta", { content });
  const whole = (content: string) => event("assistant_message_completed", { content });
  assertEquals(gather([delta("a"), delta("b"), whole("ab")]), "ab");
  assertEquals(gather([whole("ab")]), "ab");
  assertEquals(gather([delta("a"), whole("a"), whole("b")]), "ab");
});

Deno.test("calls, workflows and media are gathered", () => {
  const state = new RunState();
  state.apply(readRunEvent(event("tool_call_resolved", {
    tool_calls: [{ id: 1 }],
    creativeWorkflows: [{ id: "w" }],
    artifacts: [{ url: "https://h/a.png" }],
    mediaUrls: ["https://h/b.png", "https://h/a.png", 4],
  })));
  assertEquals(state.toolCalls, [{ id: 1 }]);
  assertEquals(state.workflows, [{ id: "w" }]);
  assertEquals(state.mediaUrls, ["https://h/b.png", "https://h/a.png"]);
});

Deno.test("a line for each change of a job that matters", () => {
  const steps: [JobProgress, string | undefined][] = [
    [{ jobProgress: 0.5 }, undefined],
    [{ jobIndex: 0, jobProgress: 0.1 }, "[job 0] 10%"],
    [{ jobIndex: 0, jobProgress: 0.14 }, undefined],
    [{ jobIndex: 0, jobProgress: 0.15 }, "[job 0] 15%"],
    [{ jobIndex: 0, jobProgress: 0.16, jobEtaSeconds: 12.4 }, "[job 0] 16% (12s)"],
    [{ jobIndex: 0, jobEtaSeconds: 12.4 }, undefined],
    [{ jobIndex: 0, jobEtaSeconds: 8 }, "[job 0] 16% (8s)"],
    [{ jobIndex: 1, jobEtaSeconds: 8 }, "[job 1] (8s)"],
    [{ toolCallId: "other", jobIndex: 0, jobProgress: 0.02 }, "[job 0] 2%"],
    [{ jobIndex: 0, resultUrl: "https://h/1" }, "[job 0] done (16%) → https://h/1"],
    [{ jobIndex: 0, resultUrl: "https://h/1" }, undefined],
    [{ jobIndex: 2, resultUrl: "https://h/2" }, "[job 2] done → https://h/2"],
    [{ jobIndex: 0, jobError: "bad", resultUrl: "https://h/3" }, "[job 0] error: bad"],
    [{ jobIndex: 0, jobError: "bad" }, undefined],
  ];
  const lines = new JobLines();
  for (const [report, expected] of steps) {
    assertEquals(lines.next(report), expected, JSON.stringify(report));
  }
});
