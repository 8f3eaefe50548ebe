/** What people and agents see of hosted commands: output, errors, streams, interrupts. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { startRecordingServer } from "../../service/hosted/testing/recording_server.ts";
import { RUN_KEY, runHosted } from "./testing.ts";

const PNG = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 1, 2]);

const status = (id: number, value: string) =>
  `id: e${id}\nevent: workflow.status\ndata: ${JSON.stringify({ status: value })}\n\n`;

Deno.test("results are saved with --output", async () => {
  await using server = await startRecordingServer(({ url }, _index, origin) => {
    if (url.startsWith("/file")) {
      return { headers: { "content-type": "image/png" }, body: "\x89PNG\r\n\x1a\n" };
    }
    return {
      body: {
        workflow: {
          workflowId: "w",
          artifacts: [{ url: `${origin}/file/1` }, { url: `${origin}/file/2` }],
        },
      },
    };
  });
  const sizes: number[] = [];
  const { object, code } = await runHosted(
    server.origin,
    ["--get-workflow", "w", "-o", "{home}/out/pic.xyz", "--json"],
    {
      after: async (home) => {
        for (const name of ["pic.xyz", "pic-2.xyz"]) {
          sizes.push((await readFile(join(home, "out", name))).length);
        }
      },
    },
  );
  assertEquals([code, (object.localPaths as string[]).length], [0, 2]);
  assert(sizes.every((size) => size > 0));
});

Deno.test("the name that was asked for goes to the result of that kind", async () => {
  const gif = "GIF89a";
  const mp4 = "\0\0\0\x20ftypisom\0\0\0\0isommp42";
  const rows: [kinds: string[], output: string, names: string[]][] = [
    [[gif, mp4], "film.mp4", ["film-2.gif", "film.mp4"]],
    [[gif, mp4, mp4], "film.mp4", ["film-3.gif", "film.mp4", "film-2.mp4"]],
    [[mp4, gif], "film.mp4", ["film.mp4", "film-2.gif"]],
    [[gif, gif], "film.mp4", ["film.gif", "film-2.gif"]],
    [[gif, mp4], "film.gif", ["film.gif", "film-2.mp4"]],
    [[gif, mp4], "film", ["film", "film-2"]],
    [["who knows", mp4], "film.mp4", ["film.mp4", "film-2.mp4"]],
    [["who knows", gif, mp4], "film.mp4", ["film.mp4", "film-3.gif", "film-2.mp4"]],
  ];
  for (const [kinds, output, names] of rows) {
    await using server = await startRecordingServer(({ url }, _index, origin) => {
      const kind = /^\/file\/(\d)/.exec(url)?.[1];
      if (kind !== undefined) return { body: kinds[Number(kind)] };
      const artifacts = kinds.map((_, index) => ({ url: `${origin}/file/${index}` }));
      return { body: { workflow: { workflowId: "w", artifacts } } };
    });
    let found: string[] = [];
    const { object } = await runHosted(
      server.origin,
      ["--get-workflow", "w", "-o", `{home}/out/${output}`, "--json"],
      { after: async (home) => void (found = await readdir(join(home, "out"))) },
    );
    assertEquals((object.localPaths as string[]).map((path) => basename(path)), names);
    assertEquals(found.sort(), [...names].sort());
  }
});

Deno.test("a refused start is not repeated; a busy one is, with the same key", async () => {
  const answers = [{ status: 503 }, { body: { workflow: { workflowId: "w" } } }];
  await using server = await startRecordingServer((_request, index) =>
    answers[index] ?? { status: 500 }
  );
  const argv = ["--api-workflow", "P", "--seed", "1", "--idempotency-key", "mine", "--json"];
  const { object } = await runHosted(server.origin, argv);
  assertEquals(server.requests.map(({ headers }) => headers["idempotency-key"]), ["mine", "mine"]);
  assertEquals([object.idempotencyKey, object.action], ["mine", "start"]);
  await using refusing = await startRecordingServer(() => ({
    status: 422,
    body: { message: "bad step" },
  }));
  const refused = await runHosted(refusing.origin, argv);
  assertEquals(refusing.requests.length, 1);
  assertEquals([refused.code, refused.object.errorType, refused.object.error], [
    1,
    "WORKFLOW_VALIDATION_FAILED",
    "bad step",
  ]);
});

Deno.test("watching prints each change once and ends as the workflow does", async () => {
  const rows: [string, number, string][] = [
    ["completed", 0, ""],
    ["waiting_for_user", 0, ""],
    ["partial_failure", 0, "partial_failure"],
    ["cancelled", 0, "cancelled"],
    ["failed", 1, "failed"],
  ];
  for (const [end, code, said] of rows) {
    await using server = await startRecordingServer(() => ({
      body: [status(1, "running"), status(2, end)],
    }));
    const run = await runHosted(server.origin, ["--stream-workflow", "w"]);
    assertEquals(run.stdout, `[e1] workflow.status running\n[e2] workflow.status ${end}\n`);
    assertEquals(run.code, code, end);
    assertStringIncludes(run.stderr, said);
  }
});

Deno.test("streaming with --json: one object on stdout, frames and later trouble on stderr", async () => {
  await using server = await startRecordingServer(() => ({
    body: [status(1, "running"), status(2, "failed")],
  }));
  const run = await runHosted(server.origin, ["--stream-workflow", "w", "--json"]);
  assertEquals([run.code, run.object.action, run.object.workflowId], [1, "stream", "w"]);
  assertStringIncludes(run.stderr, "[e1] workflow.status running");
  assertStringIncludes(run.stderr, "Error: Workflow w failed.");
  await using missing = await startRecordingServer(() => ({
    status: 404,
    body: { message: "unknown" },
  }));
  const refused = await runHosted(missing.origin, ["--stream-workflow", "w", "--json"]);
  assertEquals([refused.code, refused.object.success, refused.object.errorCode], [
    1,
    false,
    "API_STREAM_FAILED",
  ]);
  assertEquals(missing.requests.length, 1);
});

Deno.test("start and watch with --json: the object comes at the end", async () => {
  await using server = await startRecordingServer(({ method }) =>
    method === "POST"
      ? { body: { workflow: { workflowId: "w", status: "queued" } } }
      : { body: [status(1, "completed")] }
  );
  const { object } = await runHosted(server.origin, ["--api-workflow", "P", "--watch", "--json"]);
  assertEquals([object.action, object.status], ["start", "completed"]);
});

Deno.test("a watch that cannot begin says which workflow was started", async () => {
  await using server = await startRecordingServer(({ method }) =>
    method === "POST"
      ? { body: { workflow: { workflowId: "w", status: "queued" } } }
      : { status: 403, body: { message: "no" } }
  );
  const { object } = await runHosted(server.origin, ["--api-workflow", "P", "--watch", "--json"]);
  assertEquals([object.errorCode, object.errorType], ["API_STREAM_FAILED", "PERMISSION_REQUIRED"]);
  assertEquals((object.errorDetails as Record<string, unknown>).workflowId, "w");
  assertStringIncludes(String(object.hint), "--stream-workflow w");
});

Deno.test("an interrupted watch names the way back and cancels nothing", async () => {
  let interrupt: ((name: "SIGINT") => void) | undefined;
  await using server = await startRecordingServer(() => {
    setTimeout(() => interrupt?.("SIGINT"), 20);
    return { silent: true };
  });
  const run = await runHosted(server.origin, ["--stream-workflow", "w"], {
    onReady: (send) => interrupt = send,
  });
  assertEquals([run.code, server.requests.length], [130, 1]);
  assertStringIncludes(run.stderr, "--stream-workflow w");
});

Deno.test("the SDK transport marks raw answers of workflows", async () => {
  await using server = await startRecordingServer(() => ({ body: { data: { workflows: [] } } }));
  const env = { SOGNI_SKILL_USE_SDK_TRANSPORT: "1" };
  const { object } = await runHosted(server.origin, ["--list-workflows", "--json"], { env });
  assertEquals(object.raw, { data: { workflows: [] }, sdkTransport: true });
});

Deno.test("replays are shown without secrets, unless that is asked for", async () => {
  const record = {
    run_id: "r",
    rounds: [{ round: 1, apiKey: "abc" }],
    model_id: "m",
    user_request: "draw\ta cat",
  };
  await using server = await startRecordingServer(({ url }) => ({
    body: { data: url.includes("limit") ? { records: [record] } : { record } },
  }));
  const { object } = await runHosted(server.origin, ["--get-replay", "r", "--json"]);
  assertEquals([object.redacted, object.record], [true, {
    ...record,
    rounds: [{ round: 1, apiKey: "[REDACTED]" }],
    redacted: true,
  }]);
  const open = await runHosted(server.origin, ["--get-replay", "r", "--json", "--no-redact"]);
  assertEquals([open.object.redacted, open.object.record], [false, record]);
  const list = await runHosted(server.origin, ["--list-replays"]);
  assertEquals(list.stdout, "r\tm\t1\tdraw a cat\n");
});

Deno.test("models are found in every kind of answer", async () => {
  const models = [{ id: "a", owned_by: "x" }, { modelId: "b", displayName: "B" }, { name: "c" }];
  for (const body of [{ data: models }, { data: { models } }, { models }]) {
    await using server = await startRecordingServer(() => ({ body }));
    const run = await runHosted(server.origin, ["--list-api-models"]);
    assertEquals(run.stdout, "a\tx\nb\tB\nc\t-\n");
  }
});

Deno.test("what cannot be started is refused before any request", async () => {
  const rows: [string[], string, Record<string, string>?][] = [
    [["--api-chat"], "INVALID_ARGUMENT"],
    [["--durable-chat", "  "], "INVALID_ARGUMENT"],
    [["--api-workflow"], "INVALID_ARGUMENT"],
    [["--api-workflow", "storyboard-video"], "INVALID_ARGUMENT"],
    [["--api-workflow", "--workflow-input", "{broken"], "INVALID_WORKFLOW_INPUT"],
    [["--api-workflow", "--workflow-input", "file.json"], "INVALID_WORKFLOW_INPUT"],
    [["--api-workflow", "--workflow-input", "@none.json"], "INVALID_WORKFLOW_INPUT"],
    [["--api-workflow", "--workflow-input", "@a\nb"], "INVALID_PATH"],
    [["--api-workflow", "--workflow-input", "null"], "INVALID_WORKFLOW_INPUT"],
    [["--api-workflow", "storyboard-video", "--workflow-input", "{}"], "INVALID_WORKFLOW_INPUT"],
    [["--get-workflow", " "], "MISSING_WORKFLOW_ID"],
    [["--ingest-replay", "[]"], "INVALID_REPLAY_INPUT"],
    [["--ingest-replay", '{"run_id":5}'], "INVALID_REPLAY_INPUT"],
    [["--api-chat", "P"], "MISSING_CREDENTIALS", { SOGNI_API_KEY: "" }],
    [["--api-chat", "P"], "UNSAFE_API_BASE_URL", { SOGNI_ALLOW_UNSAFE_API_BASE_URL: "true" }],
    [["--api-chat", "P", "--api-base-url", "not a url"], "INVALID_API_BASE_URL"],
    [["--api-chat", "P", "--ref", "none.png"], "MEDIA_REFERENCE_NOT_FOUND"],
    [["--api-workflow", "P", "--ref", "http://93.184.216.34/a.png"], "INVALID_URL"],
    [["--durable-chat", "P", "--ref", "data:image/png;base64,AAAA"], "INVALID_MEDIA_REFERENCE"],
    [["--api-chat", "P", "--persona", "nobody"], "PERSONA_NOT_FOUND"],
  ];
  for (const [argv, code, env] of rows) {
    await using server = await startRecordingServer(() => ({}));
    const run = await runHosted(server.origin, [...argv, "--json"], env ? { env } : {});
    assertEquals([run.code, run.object.errorCode], [1, code], argv.join(" "));
    assertEquals(server.requests.length, 0, argv.join(" "));
    assertEquals((run.stdout + run.stderr).includes(RUN_KEY), false);
  }
});

Deno.test("an empty or unusable storyline is an error that keeps nothing running", async () => {
  const argv = ["--api-workflow", "storyboard-video", "P", "--storyboard-frames", "6", "--json"];
  await using empty = await startRecordingServer(() => ({
    body: { choices: [{ message: { content: " " } }] },
  }));
  const run = await runHosted(empty.origin, argv);
  assertEquals([run.object.errorCode, empty.requests.length], ["EMPTY_STORYBOARD_STORYLINE", 1]);
  await using short = await startRecordingServer(() => ({
    body: { choices: [{ message: { content: "SCENE 1 - A\nTIME: 0-5s\nVISUAL: v" } }] },
  }));
  assertEquals((await runHosted(short.origin, argv)).object.errorCode, "STORYBOARD_INVALID");
});

Deno.test("a storyboard film shows its storyline and plan", async () => {
  const storyline = ["TITLE: B", "TOTAL DURATION: 6 seconds"].concat(
    Array.from({ length: 6 }, (_, i) => `SCENE ${i + 1} - S\nTIME: ${i}-${i + 1}s\nVISUAL: v`),
  ).join("\n");
  await using server = await startRecordingServer(({ url }) =>
    url.endsWith("completions")
      ? { body: { choices: [{ message: { content: storyline } }] } }
      : { body: { workflow: { workflowId: "w" } } }
  );
  const argv = [
    "--api-workflow",
    "storyboard-video",
    "9:16 film",
    "-Q",
    "hq",
    "--token-type",
    "sogni",
  ];
  const { object } = await runHosted(server.origin, [...argv, "--json"]);
  assertEquals(object.storyline, storyline);
  const plan = object.storyboardPlan as { image: { quality: string }; frameCount: number };
  assertEquals([plan.image.quality, plan.frameCount], ["medium", 6]);
  assertEquals(Object.keys(object).includes("planningRaw"), true);
  const bodies = server.requests.map(({ json }) => (json as { token_type: string }).token_type);
  assertEquals(bodies, ["spark", "spark"]);
  const plain = await runHosted(server.origin, argv);
  assertStringIncludes(plain.stdout, "TITLE: B");
  assertStringIncludes(plain.stdout, "\n\nWorkflow: w\n");
  assertStringIncludes(plain.stderr, "Premium Spark");
});

Deno.test("a local storyboard plan needs neither key nor network", async () => {
  const env = { SOGNI_API_KEY: "" };
  const argv = [
    "--storyboard-plan",
    "A baker wakes. He bakes.",
    "--storyboard-plan-frames",
    "8",
    "--json",
  ];
  const { object } = await runHosted("http://127.0.0.1:9", argv, { env });
  assertEquals([object.type, object.frameCount, object.model, object.stage], [
    "storyboard-plan",
    8,
    "seedance2",
    "storyboard_image",
  ]);
  assertEquals((object.scenes as unknown[]).length, 8);
  const none = await runHosted("http://127.0.0.1:9", ["--storyboard-plan", "--json"], { env });
  assertEquals(none.object.errorCode, "INVALID_ARGUMENT");
});

Deno.test("vision pictures are read before anything is uploaded", async () => {
  await using server = await startRecordingServer(() => ({}));
  const argv = ["--api-chat", "P", "--ref", "{home}/a.png", "-c", "{home}/b.webp", "--json"];
  const run = await runHosted(server.origin, argv, { files: { "a.png": PNG, "b.webp": PNG } });
  assertEquals([run.object.errorCode, server.requests.length], ["UNSUPPORTED_MEDIA_TYPE", 0]);
});
