/** A stream that is cut at any byte: the same result as the whole one, and no line twice. */
import { assertEquals } from "@std/assert";
import { AppError } from "../../errors/app_error.ts";
import { followEvents } from "./follow.ts";
import { JobLines } from "./job_lines.ts";
import { endsRun, readRunEvent } from "./run_events.ts";
import { RunState } from "./run_state.ts";
import type { SseFrame } from "./sse.ts";
import { frameLine, workflowEnd } from "./workflow_view.ts";

const encode = (text: string) => new TextEncoder().encode(text);

const RUN = [
  ["run_created", {}],
  ["tool_call_progress", { toolCallId: "t", jobIndex: 0, jobProgress: 0.4, jobEtaSeconds: 2 }],
  ["tool_call_progress", {
    toolCallId: "t",
    jobIndex: 0,
    jobProgress: 1,
    resultUrl: "https://x/é",
  }],
  ["tool_call_resolved", { toolCalls: [{ id: "t" }], mediaUrls: ["https://x/é"] }],
  ["assistant_message_delta", { content: "Dünne 🎬 " }],
  ["assistant_message_delta", { content: "日本" }],
  ["assistant_message_completed", { content: "Dünne 🎬 日本" }],
  ["run_completed", { status: "completed" }],
].map(([type, payload], index) =>
  `event: ${type}\r\nid: ${index + 1}\r\ndata: ${
    JSON.stringify({ sequence: index + 1, type, payload })
  }\r\n\r\n`
);

const WORKFLOW = ["running", "schön 🎬", "completed"].map((status, index) =>
  `id: evt_${index + 1}\nevent: workflow.status\ndata: ${JSON.stringify({ status })}\n\n`
);

/** Serves the events to each connection; the first is cut after some bytes. */
function server(events: readonly string[], cut: number, fail: boolean, resumes: boolean) {
  let connections = 0;
  return (lastId: string | undefined): Promise<Response> => {
    const seen = events.findIndex((event) =>
      event.includes(`id: ${lastId}\n`) ||
      event.includes(`id: ${lastId}\r\n`)
    );
    const bytes = encode(events.slice(resumes && lastId !== undefined ? seen + 1 : 0).join(""));
    const isFirst = connections++ === 0;
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(isFirst ? bytes.subarray(0, cut) : bytes);
        if (isFirst && fail) controller.error(new TypeError("connection reset"));
        else controller.close();
      },
    });
    return Promise.resolve(new Response(body));
  };
}

async function everyCut<Result>(
  events: readonly string[],
  read: (
    connect: (lastId: string | undefined) => Promise<Response>,
  ) => Promise<Result>,
): Promise<void> {
  const { length } = encode(events.join(""));
  const whole = await read(server(events, length, false, true));
  for (let cut = 0; cut < length; cut++) {
    for (const [fail, resumes] of [[true, true], [false, true], [true, false]] as const) {
      const result = await read(server(events, cut, fail, resumes));
      assertEquals(result, whole, `cut at ${cut}, ${fail ? "reset" : "closed"}, ${resumes}`);
    }
  }
}

async function follow(
  connect: (lastId: string | undefined) => Promise<Response>,
  isTerminal: (frame: SseFrame) => boolean,
  onFrame: (frame: SseFrame) => void,
): Promise<boolean> {
  const sleep = () => Promise.resolve();
  return (await followEvents({ connect, isTerminal, sleep }, onFrame)).terminal;
}

Deno.test("a chat run: the same words, calls, media and lines, each once", async () => {
  await everyCut(RUN, async (connect) => {
    const run = new RunState();
    const jobs = new JobLines();
    const shown: string[] = [];
    const terminal = await follow(connect, endsRun, (frame) => {
      const event = readRunEvent(frame);
      const text = run.apply(event);
      if (text !== "") shown.push(text);
      const line = event.kind === "progress" ? jobs.next(event.progress) : undefined;
      if (line !== undefined) shown.push(line);
    });
    const { status, content, toolCalls, mediaUrls } = run;
    assertEquals(content, "Dünne 🎬 日本");
    return { terminal, shown, status, content, toolCalls: [...toolCalls], media: [...mediaUrls] };
  });
});

Deno.test("a workflow: the same lines, each once", async () => {
  await everyCut(WORKFLOW, async (connect) => {
    const lines: string[] = [];
    const ends = (frame: SseFrame) => workflowEnd(frame) !== undefined;
    const terminal = await follow(connect, ends, (frame) => lines.push(frameLine(frame)));
    assertEquals(lines.length, 3);
    return { terminal, lines };
  });
});

Deno.test("a refusal in between is the end, and what was seen stays seen", async () => {
  const lines: string[] = [];
  let connections = 0;
  const connect = (): Promise<Response> => {
    if (connections++ === 0) return Promise.resolve(new Response(WORKFLOW[0]));
    return Promise.reject(new AppError("API_STREAM_FAILED", "no", { details: { status: 404 } }));
  };
  const followed = follow(connect, () => false, (frame) => lines.push(frameLine(frame)));
  assertEquals(await followed.catch((error: AppError) => error.code), "API_STREAM_FAILED");
  assertEquals(lines, ["[evt_1] workflow.status running"]);
});
