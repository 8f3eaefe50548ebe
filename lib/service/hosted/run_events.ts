/** The events of a durable chat run, gathered into its state. Pure. */
import { asList, asNumber, asObject, isObject, type Json, textAt } from "./read.ts";
import type { SseFrame } from "./sse.ts";

/** How a run can stand. */
export type RunStatus =
  | "queued"
  | "running"
  | "waiting_for_user"
  | "completed"
  | "partial_failure"
  | "failed"
  | "cancelled";

/** Progress of one job of a tool call; fields of a wrong type are absent. */
export interface JobProgress {
  readonly toolCallId?: string;
  readonly jobIndex?: number;
  /** 0 to 1. */
  readonly jobProgress?: number;
  readonly jobEtaSeconds?: number;
  readonly resultUrl?: string;
  readonly jobError?: string;
}

/** What one event means. */
export type RunEvent =
  | { readonly kind: "ignored" }
  | { readonly kind: "text"; readonly text: string }
  /** The whole message; to be used only when its pieces did not come. */
  | { readonly kind: "message"; readonly text: string }
  | { readonly kind: "progress"; readonly progress: JobProgress; readonly mediaUrls: string[] }
  | {
    readonly kind: "resolved";
    readonly toolCalls: readonly unknown[];
    readonly workflows: readonly unknown[];
    readonly mediaUrls: string[];
  }
  | { readonly kind: "waiting"; readonly reason: string; readonly payload: Json }
  | { readonly kind: "ended"; readonly status: "completed" | "partial_failure" | "cancelled" }
  | {
    readonly kind: "failed";
    readonly message: string;
    readonly code?: string;
    readonly payload: Json;
  };

const IGNORED: RunEvent = { kind: "ignored" };

const ENDINGS: Readonly<Record<string, "completed" | "partial_failure" | "cancelled">> = {
  run_completed: "completed",
  "run.completed": "completed",
  completed: "completed",
  done: "completed",
  run_partial_failure: "partial_failure",
  run_cancelled: "cancelled",
  cancelled: "cancelled",
};

/** Reads one frame. */
export function readRunEvent(frame: SseFrame): RunEvent {
  if (frame.event === "run_status" || !isObject(frame.data)) return IGNORED;
  const event = frame.data;
  const type = textAt(event, "type") ?? frame.event;
  const payload = asObject(event.payload ?? event.data ?? event);
  const ending = ENDINGS[type];
  if (ending !== undefined) return { kind: "ended", status: endingStatus(payload, ending) };
  switch (type) {
    case "assistant_message_completed":
      return { kind: "message", text: textOf(payload.content) };
    case "tool_call_progress":
      return { kind: "progress", progress: readProgress(payload), mediaUrls: mediaUrls(payload) };
    case "tool_call_resolved":
      return {
        kind: "resolved",
        toolCalls: asList(payload.toolCalls ?? payload.tool_calls),
        workflows: asList(payload.creative_workflows ?? payload.creativeWorkflows),
        mediaUrls: mediaUrls(payload),
      };
    case "run_awaiting_cost_confirmation":
      return { kind: "waiting", reason: "cost_approval_required", payload };
    case "run_waiting_for_user":
    case "waiting_for_user":
      return {
        kind: "waiting",
        reason: textAt(payload, "reason") ?? textAt(asObject(payload.waiting), "reason") ?? "other",
        payload,
      };
    case "run_failed":
    case "run.failed":
    case "failed":
    case "error": {
      const error = asObject(payload.error);
      const code = textAt(error, "code") ?? asNumber(error.code)?.toString();
      const message = textAt(error, "message") ?? textAt(payload, "message", "error");
      return {
        kind: "failed",
        message: message ?? "The chat run failed.",
        payload,
        ...(code === undefined ? {} : { code }),
      };
    }
    default:
      return { kind: "text", text: deltaText(type, payload) };
  }
}

/** True for the frame after which a run sends nothing more. */
export function endsRun(frame: SseFrame): boolean {
  return ["ended", "failed", "waiting"].includes(readRunEvent(frame).kind);
}

function endingStatus(
  payload: Json,
  byType: "completed" | "partial_failure" | "cancelled",
): "completed" | "partial_failure" | "cancelled" {
  const { status } = payload;
  return status === "partial_failure" || status === "cancelled" ? status : byType;
}

// Events that say nothing about text carry none of these fields.
function deltaText(type: string, payload: Json): string {
  if (SILENT.has(type)) return "";
  const choice = asObject(asList(payload.choices)[0]);
  return textOf(asObject(payload.delta).content) || textOf(asObject(choice.delta).content) ||
    textOf(payload.content);
}

const SILENT = new Set([
  "run_created",
  "run_resumed",
  "llm_round_started",
  "tool_call_dispatched",
  "media_context_updated",
  "media_turn_intent_classified",
  "asset_manifest_updated",
  "billing_preview_updated",
  "run_cost_confirmation_resolved",
]);

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function readProgress(payload: Json): JobProgress {
  const index = asNumber(payload.jobIndex);
  const progress = asNumber(payload.jobProgress);
  const eta = asNumber(payload.jobEtaSeconds);
  const toolCallId = textAt(payload, "toolCallId");
  const resultUrl = textAt(payload, "resultUrl");
  const jobError = textAt(payload, "jobError");
  return {
    ...(toolCallId === undefined ? {} : { toolCallId }),
    ...(index === undefined ? {} : { jobIndex: index }),
    ...(progress === undefined ? {} : { jobProgress: progress }),
    ...(eta === undefined ? {} : { jobEtaSeconds: eta }),
    ...(resultUrl === undefined ? {} : { resultUrl }),
    ...(jobError === undefined ? {} : { jobError }),
  };
}

function mediaUrls(payload: Json): string[] {
  const listed = asList(payload.mediaUrls).filter((url) => typeof url === "string");
  const artifacts = asList(payload.artifacts).flatMap((artifact) =>
    textAt(asObject(artifact), "url", "downloadUrl") ?? []
  );
  return [...listed, ...artifacts, ...asList(payload.resultUrl ? [payload.resultUrl] : [])]
    .filter((url) => typeof url === "string");
}
