/** One durable chat run: its state, its events, its work. */
import { randomUUID } from "node:crypto";
import type { SandboxContext } from "../context.ts";
import { readMarkers } from "../faults/inline.ts";
import { type Conversation, reply } from "./assistant.ts";
import { createEventLog, type EventLog } from "./event_log.ts";
import { renderTool, type ToolArguments } from "./hosted_media.ts";
import { scriptedTrouble } from "./trouble.ts";

/** A run. */
export interface ChatRun {
  readonly id: string;
  readonly log: EventLog;
  status(): string;
  cancel(): void;
  /** The record as `GET` gives it. */
  record(): Record<string, unknown>;
}

const WORD_MS = 15;
const PROGRESS_MS = 60;
const PROGRESS_STEPS = 5;

/** Starts a run; it goes on by itself. */
export function startChatRun(context: SandboxContext, talk: Conversation, model: string): ChatRun {
  const id = `run_${randomUUID()}`;
  const log = createEventLog(context);
  const abort = new AbortController();
  const createTime = context.clock.now();
  let status = "queued";
  let content = "";
  let sequence = 0;
  const emit = (type: string, payload: Record<string, unknown> = {}) => {
    sequence += 1;
    const at = new Date(context.clock.now()).toISOString();
    log.add({ id: String(sequence), event: type, data: { sequence, type, at, payload } });
  };
  const end = (type: string, final: string, payload: Record<string, unknown> = {}) => {
    status = final;
    emit(type, { status: final, ...payload });
    log.close();
  };
  const work = async () => {
    const { prompt, rules } = readMarkers(talk.user);
    emit("run_created", { runId: id });
    status = "running";
    emit("llm_round_started", { round: 1 });
    const trouble = scriptedTrouble(context, prompt, rules);
    if (trouble) return end("run_failed", "failed", { error: trouble });
    if (context.faults.strike("stall", { prompt, phase: "started", inline: rules })) return;
    const answer = reply({ ...talk, user: prompt }, true);
    if (answer.tool) await runTool(answer.tool.name, answer.tool.arguments);
    for (const word of answer.text.split(/(?<= )/)) {
      await context.clock.work(WORD_MS, abort.signal);
      content += word;
      emit("assistant_message_delta", { content: word });
    }
    emit("assistant_message_completed", { content: answer.text });
    end("run_completed", "completed");
  };
  const runTool = async (name: string, args: ToolArguments) => {
    const toolCallId = `call_${randomUUID()}`;
    emit("tool_call_dispatched", { toolCallId, toolName: name });
    const job = { toolCallId, jobIndex: 0, jobLabel: name };
    for (let step = 1; step <= PROGRESS_STEPS; step += 1) {
      await context.clock.work(PROGRESS_MS, abort.signal);
      const left = (PROGRESS_STEPS - step) * PROGRESS_MS / 1000;
      emit("tool_call_progress", {
        ...job,
        jobProgress: step / PROGRESS_STEPS,
        jobEtaSeconds: left,
      });
    }
    const artifacts = await renderTool(context, name, args);
    for (const { url } of artifacts) {
      emit("tool_call_progress", { ...job, jobProgress: 1, resultUrl: url });
    }
    emit("tool_call_resolved", {
      toolCalls: [{
        id: toolCallId,
        type: "function",
        function: { name, arguments: JSON.stringify(args) },
      }],
      mediaUrls: artifacts.map(({ url }) => url),
      artifacts,
    });
  };
  work().catch((error: unknown) => {
    if (abort.signal.aborted || status !== "running") return;
    const message = error instanceof Error ? error.message : String(error);
    end("run_failed", "failed", { error: { message, code: "TOOL_FAILED" } });
  });
  return {
    id,
    log,
    status: () => status,
    cancel() {
      if (status !== "queued" && status !== "running") return;
      abort.abort();
      end("run_cancelled", "cancelled");
    },
    record: () => ({ runId: id, status, model, content, createTime, sandbox: true }),
  };
}
