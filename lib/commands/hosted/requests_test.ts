/** The contract's map from arguments to requests: each example is a row. */
import { assertEquals } from "@std/assert";
import {
  type RecordedRequest,
  type ScriptedAnswer,
  startRecordingServer,
} from "../../service/hosted/testing/recording_server.ts";
import { RUN_KEY, runHosted } from "./testing.ts";
import { ROWS, STORYLINE } from "./testing_requests.ts";

for (const row of ROWS) {
  Deno.test(`requests: ${row.name}`, async () => {
    await using server = await startRecordingServer((request, _index, origin) =>
      answer(request, origin)
    );
    const run = await runHosted(server.origin, [...row.argv, "--json"], {
      ...(row.env ? { env: row.env } : {}),
      ...(row.files ? { files: row.files } : {}),
    });
    assertEquals(run.code, 0, run.stderr + run.stdout);
    const sent = server.lines().map((line) => line.replace(/\?.*$/, ""));
    const wanted = row.requests.map((line) => line.replace(/\?.*$/, ""));
    // Uploads run side by side; only their own order is fixed.
    assertEquals(row.files ? sent.toSorted() : sent, row.files ? wanted.toSorted() : wanted);
    for (const [index, line] of row.requests.entries()) {
      if (line.includes("?")) assertEquals(server.lines()[index], line);
    }
    if (row.body !== undefined) {
      const last = server.requests.findLast(({ method }) => method === "POST");
      assertEquals(simplify(last?.json), row.body);
    }
    checkHeaders(server.requests, row.env !== undefined);
    assertEquals(run.object.success, true);
    assertEquals((run.stdout + run.stderr).includes(RUN_KEY), false);
  });
}

/** Bodies without what varies: the built-in prompt, ids and addresses in storage. */
function simplify(body: unknown): unknown {
  const object = body as Record<string, unknown>;
  const messages = object.messages as { role: string; content: unknown }[] | undefined;
  const items = object.media_references as Record<string, unknown>[] | undefined;
  return {
    ...object,
    ...(messages
      ? {
        messages: messages.map(({ role, content }) =>
          role === "system" && String(content).includes("V2 TURN ARCHITECTURE")
            ? "system"
            : hideStored(content)
        ),
      }
      : {}),
    ...(items
      ? {
        media_references: items.map(({ flag, kind, prompt_label }) =>
          `${flag} ${kind} ${prompt_label}`
        ),
      }
      : {}),
  };
}

function hideStored(content: unknown): unknown {
  const text = JSON.stringify(content).replace(/http:\/\/127\.0\.0\.1:\d+\/get[^"]*/g, "STORED");
  return JSON.parse(text);
}

function checkHeaders(requests: readonly RecordedRequest[], bySdk: boolean): void {
  for (const { method, url, headers } of requests) {
    if (method === "PUT") {
      assertEquals([headers.authorization, headers["api-key"]], [undefined, undefined], url);
      continue;
    }
    assertEquals(headers["api-key"], RUN_KEY, url);
    assertEquals(headers.authorization, bySdk ? undefined : `Bearer ${RUN_KEY}`, url);
    assertEquals(headers["content-type"], "application/json", url);
    if (url.includes("/events/stream")) assertEquals(headers.accept, "text/event-stream");
    const key = /\/(?:workflows|runs)$/.test(url) && method === "POST";
    assertEquals(
      headers["idempotency-key"]?.startsWith("sogni-agent-"),
      key ? true : undefined,
      url,
    );
    assertEquals(headers["x-app-source"], undefined);
  }
}

function answer({ url, method, headers }: RecordedRequest, origin: string): ScriptedAnswer {
  if (url.includes("/uploadUrl")) return { body: { data: { uploadUrl: `${origin}/put` } } };
  if (url.includes("/downloadUrl")) {
    return { body: { data: { downloadUrl: `${origin}/get?sig=s` } } };
  }
  if (url === "/v1/chat/completions") {
    return { body: { choices: [{ message: { content: STORYLINE } }] } };
  }
  if (url === "/v1/chat/runs") return { body: { data: { run: { runId: "run/1" } } } };
  if (url.includes("/chat/runs/")) {
    return { body: ['id: 1\nevent: run_completed\ndata: {"sequence":1}\n\n'] };
  }
  if (headers.accept === "text/event-stream") {
    return { body: ['id: e1\nevent: workflow.status\ndata: {"status":"completed"}\n\n'] };
  }
  if (url.includes("limit=") || method === "GET") return { body: { data: {} } };
  return { body: { data: { workflow: { workflowId: "w/1", status: "queued" } } } };
}
