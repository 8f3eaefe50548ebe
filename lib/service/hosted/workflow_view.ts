/** Workflows and their events as people see them. */
import { singleLine } from "../../text/control.ts";
import { asList, asObject, fromEnvelope, isObject, type Json, textAt } from "./read.ts";
import type { SseFrame } from "./sse.ts";

/** The states after which a workflow does nothing more by itself. */
export type WorkflowEnd =
  | "completed"
  | "failed"
  | "cancelled"
  | "partial_failure"
  | "waiting_for_user";

/** The workflow of an answer: `data.workflow`, `workflow`, or the body. */
export function readWorkflow(body: unknown): Json {
  const found = fromEnvelope(body, "workflow") ?? asObject(body).workflow;
  if (isObject(found)) return found;
  const { data } = asObject(body);
  return isObject(data) ? data : asObject(body);
}

/** The id of a workflow. */
export function workflowId(workflow: Json): string | undefined {
  return textAt(workflow, "workflowId", "id");
}

/** Lines of a workflow's summary; what is not known is left out. */
export function workflowSummary(workflow: Json): string[] {
  const rows: [string, string | undefined][] = [
    ["Workflow: ", workflowId(workflow)],
    ["Status:   ", textAt(workflow, "status")],
    ["Title:    ", textAt(workflow, "title")],
  ];
  const lines = rows.flatMap(([name, text]) => text === undefined ? [] : [name + singleLine(text)]);
  const artifacts = asList(workflow.artifacts).map((artifact) => {
    const record = asObject(artifact);
    const kind = textAt(record, "type", "mediaType") ?? "artifact";
    return `  - ${kind}: ${textAt(record, "url", "id") ?? JSON.stringify(artifact)}`;
  });
  return artifacts.length === 0 ? lines : [...lines, "", "Artifacts:", ...artifacts];
}

/** One line of the list: id, status and title between tabs. */
export function workflowLine(value: unknown): string {
  const workflow = asObject(value);
  const cells = [workflowId(workflow), textAt(workflow, "status"), textAt(workflow, "title") ?? ""];
  return cells.map((cell) => singleLine(cell ?? "-")).join("\t");
}

/** `[evt_7] workflow.status running` */
export function frameLine(frame: SseFrame): string {
  const data = asObject(frame.data);
  const status = textAt(data, "status", "message");
  const parts = [`[${frame.id ?? "-"}]`, frame.event, ...(status === undefined ? [] : [status])];
  return singleLine(parts.join(" "));
}

/**
 * How the workflow stands after this frame, when it is an end.
 * Steps have states of the same names; those of a step are not the workflow's.
 */
export function workflowEnd(frame: SseFrame): WorkflowEnd | undefined {
  const data = asObject(frame.data);
  if (!WHOLE.test(frame.event) && isStep(frame.event, data)) return undefined;
  return endOf(asObject(data.workflow).status) ?? endOf(data.status) ??
    endOf(asObject(data.payload).status) ??
    endOf(/^workflow[._](.+)$/.exec(frame.event)?.[1]);
}

/** The value as an end of a workflow, if it is one. */
export function endOf(status: unknown): WorkflowEnd | undefined {
  return ENDS.find((end) => end === status);
}

const WHOLE =
  /^workflow[._](?:status|updated|completed|failed|cancelled|partial_failure|waiting_for_user)$/;

const ENDS: readonly WorkflowEnd[] = [
  "completed",
  "failed",
  "cancelled",
  "partial_failure",
  "waiting_for_user",
];

function isStep(event: string, data: Json): boolean {
  return /step|tool|artifact|job|billing/i.test(event) ||
    ["stepId", "step_id", "stepIndex", "toolCallId", "jobIndex"].some((key) =>
      data[key] !== undefined
    );
}
