import { assertEquals } from "@std/assert";
import { modelSettings } from "./settings.ts";
import type { SseFrame } from "./sse.ts";
import { planningBody, workflowBody } from "./workflow_body.ts";
import {
  frameLine,
  readWorkflow,
  workflowEnd,
  workflowLine,
  workflowSummary,
} from "./workflow_view.ts";

Deno.test("the body of a start", () => {
  const input = { steps: [] };
  assertEquals(workflowBody({ input, media: [], cost: {}, tokenType: "spark" }), {
    input,
    token_type: "spark",
    app_source: "sogni-creative-agent-skill",
  });
  assertEquals(
    workflowBody({
      input,
      media: [{ id: "m" }],
      cost: { maxCost: 0, confirmCost: false },
      tokenType: "sogni",
    }),
    {
      input,
      media_references: [{ id: "m" }],
      max_estimated_capacity_units: 0,
      confirm_cost: false,
      token_type: "sogni",
      app_source: "sogni-creative-agent-skill",
    },
  );
});

Deno.test("the body of storyboard planning", () => {
  const settings = modelSettings({
    taskProfile: "reasoning",
    thinking: true,
    noFilter: true,
    apiTools: "true",
  }, {});
  assertEquals(planningBody(settings, [], "spark"), {
    model: "qwen3.6-35b-a3b-gguf-iq4xs",
    messages: [],
    temperature: 0.45,
    max_tokens: 1800,
    token_type: "spark",
    app_source: "sogni-creative-agent-skill",
    sogni_tools: false,
    sogni_tool_execution: false,
    task_profile: "reasoning",
    chat_template_kwargs: { enable_thinking: true },
  });
});

Deno.test("a workflow is found in every kind of answer", () => {
  const workflow = { workflowId: "w" };
  const answers = [{ status: "success", data: { workflow } }, { workflow }, workflow, {
    data: workflow,
  }];
  for (const body of answers) assertEquals(readWorkflow(body), workflow);
});

Deno.test("summaries and lists", () => {
  assertEquals(
    workflowSummary({
      id: "w",
      status: "completed",
      title: "A\nB",
      artifacts: [{ type: "image", url: "https://h/a" }, { mediaType: "video", id: "v" }, { x: 1 }],
    }),
    [
      "Workflow: w",
      "Status:   completed",
      "Title:    A B",
      "",
      "Artifacts:",
      "  - image: https://h/a",
      "  - video: v",
      '  - artifact: {"x":1}',
    ],
  );
  assertEquals(workflowSummary({ workflowId: "w" }), ["Workflow: w"]);
  assertEquals(workflowLine({ workflowId: "w", title: "T" }), "w\t-\tT");
  assertEquals(workflowLine({ id: "w", status: "running" }), "w\trunning\t");
});

Deno.test("a line for each frame", () => {
  const rows: [SseFrame, string][] = [
    [
      { id: "evt_7", event: "workflow.status", data: { status: "running" } },
      "[evt_7] workflow.status running",
    ],
    [{ event: "note", data: { message: "hello\u001b[31m" } }, "[-] note hello"],
    [{ event: "message", data: "text" }, "[-] message"],
  ];
  for (const [frame, line] of rows) assertEquals(frameLine(frame), line);
});

Deno.test("which frames end a workflow", () => {
  const rows: [SseFrame, string | undefined][] = [
    [{ event: "workflow.status", data: { status: "running" } }, undefined],
    [{ event: "workflow.status", data: { status: "completed" } }, "completed"],
    [{ event: "workflow.completed", data: {} }, "completed"],
    [{ event: "workflow_failed", data: {} }, "failed"],
    [{ event: "message", data: { status: "cancelled" } }, "cancelled"],
    [{ event: "message", data: { workflow: { status: "partial_failure" } } }, "partial_failure"],
    [{ event: "status", data: { payload: { status: "waiting_for_user" } } }, "waiting_for_user"],
    [{ event: "step.completed", data: { status: "completed" } }, undefined],
    [{ event: "message", data: { stepId: "a", status: "completed" } }, undefined],
    [{ event: "workflow.step.completed", data: { status: "completed", stepId: "a" } }, undefined],
  ];
  for (const [frame, expected] of rows) {
    assertEquals(workflowEnd(frame), expected, JSON.stringify(frame));
  }
});
