/** The hosted part of the sandbox, spoken to by the hosted commands. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { RUN_KEY, runHosted } from "../../commands/hosted/testing.ts";
import type { Sandbox, SandboxOptions } from "../options.ts";
import { startSandbox } from "../server.ts";
import { createPlainArtist, solidPng } from "../testing/plain_artist.ts";

async function withSandbox(
  options: SandboxOptions,
  body: (sandbox: Sandbox) => Promise<void>,
): Promise<void> {
  const artist = createPlainArtist();
  const sandbox = await startSandbox({ speed: 0, apiKey: RUN_KEY, artist, ...options });
  try {
    await body(sandbox);
  } finally {
    await sandbox.stop();
  }
}

Deno.test("chat with a picture: uploaded, seen, answered with a new one that is saved", async () => {
  await withSandbox({}, async (sandbox) => {
    let saved = new Uint8Array();
    const run = await runHosted(
      sandbox.restEndpoint,
      [
        "--api-chat",
        "--ref",
        "{home}/a.png",
        "make a poster of this",
        "-o",
        "{home}/new.png",
        "--json",
      ],
      {
        files: { "a.png": solidPng(4, 4, 1) },
        after: async (home) => {
          saved = new Uint8Array(await readFile(join(home, "new.png")));
        },
      },
    );
    assertEquals(run.code, 0, run.stderr);
    assertStringIncludes(String(run.object.content), "I see 1 picture.");
    assertEquals([...saved.slice(1, 4)], [...new TextEncoder().encode("PNG")]);
  });
});

Deno.test("a watched chat is streamed and tells what an unwatched one does; its result is saved", async () => {
  await withSandbox({}, async (sandbox) => {
    const argv = ["--api-chat", "draw a red shoe", "-o", "{home}/new.png"];
    const [watched, unwatched] = [
      await runHosted(sandbox.restEndpoint, argv, { isTerminal: true }),
      await runHosted(sandbox.restEndpoint, argv),
    ];
    assertEquals([watched.code, watched.stdout], [0, unwatched.stdout], watched.stderr);
    for (const { stderr } of [watched, unwatched]) assertStringIncludes(stderr, "Saved to ");
    const asked = sandbox.recorder.requests("/v1/chat/completions", "POST");
    assertEquals(asked.map(({ json }) => (json as { stream?: boolean }).stream), [true, undefined]);
  });
  const faults = [{ fault: "dropStream", after: 3 }] as const;
  await withSandbox({ faults }, async (sandbox) => {
    const cut = await runHosted(sandbox.restEndpoint, ["--api-chat", "Hi"], { isTerminal: true });
    assertEquals([cut.code, cut.stdout], [1, "Sandbox assistant: \n"]);
    assertEquals(sandbox.recorder.requests("/v1/chat/completions", "POST").length, 1);
  });
});

Deno.test("a durable run whose stream is cut after every event still says everything once", async () => {
  const expected = { text: "" };
  await withSandbox({}, async (sandbox) => {
    const whole = await runHosted(sandbox.restEndpoint, ["--durable-chat", "draw a red shoe"]);
    assertEquals(whole.code, 0, whole.stderr);
    assertStringIncludes(
      whole.stdout,
      "here is your picture.\n\nTool calls:\n  - generate_image\n",
    );
    assertStringIncludes(whole.stderr, "[job 0] done (100%) → ");
    expected.text = whole.stdout;
  });
  const faults = [1, 3, 6].map((after) => ({ fault: "dropStream", after }) as const);
  await withSandbox({ faults }, async (sandbox) => {
    const cut = await runHosted(sandbox.restEndpoint, ["--durable-chat", "draw a red shoe"]);
    assertEquals([cut.code, cut.stdout], [0, expected.text], cut.stderr);
    assertEquals(cut.stderr.match(/Connection lost/g)?.length, 3);
  });
});

Deno.test("a run that fails, by a marker in its prompt", async () => {
  await withSandbox({}, async (sandbox) => {
    const argv = ["--durable-chat", 'draw [[fault:error code=4024 message="no money"]]', "--json"];
    const { object, code } = await runHosted(sandbox.restEndpoint, argv);
    assertEquals([code, object.errorCode, object.error], [1, "4024", "no money"]);
    assertEquals(object.errorCategory, "insufficient_credits");
  });
});

Deno.test("the default workflow: both steps are rendered, watched and saved", async () => {
  await withSandbox({}, async (sandbox) => {
    const sizes: number[] = [];
    const run = await runHosted(
      sandbox.restEndpoint,
      ["--api-workflow", "a pencil robot", "--watch", "-o", "{home}/r/", "--json"],
      {
        after: async (home) => {
          const path = join(home, "r", "a-pencil-robot.png");
          sizes.push((await readFile(path)).length);
        },
      },
    );
    assertEquals(run.code, 0, run.stderr);
    assertEquals([run.object.status, (run.object.localPaths as string[]).length], ["completed", 2]);
    assert((sizes[0] ?? 0) > 0);
    assertStringIncludes(run.stderr, "workflow.status completed");
  });
});

Deno.test("list, get, events, stream, cancel and resume", async () => {
  await withSandbox({ faults: [{ fault: "stall", prompt: "slow", times: 1 }] }, async (sandbox) => {
    const run = (...argv: string[]) => runHosted(sandbox.restEndpoint, argv);
    const start = await run("--api-workflow", "slow robot", "--json");
    const id = String((start.object.workflow as { workflowId: unknown }).workflowId);
    assertStringIncludes((await run("--list-workflows")).stdout, `${id}\t`);
    assertStringIncludes(
      (await run("--get-workflow", id)).stdout,
      "Title:    Generated keyframe to video",
    );
    const refused = await run("--resume-workflow", id, "--json");
    assertEquals(refused.object.errorType, "PARAMETER_INVALID");
    assertStringIncludes((await run("--cancel-workflow", id)).stdout, "Status:   cancelled");
    const stream = await run("--stream-workflow", id);
    assertEquals(stream.code, 0);
    assertStringIncludes(stream.stdout, "workflow.status cancelled");
    const events = await run("--workflow-events", id, "--json");
    assert((events.object.events as unknown[]).length >= 3);
    assertEquals(
      (await run("--get-workflow", "none", "--json")).object.errorType,
      "ASSET_NOT_FOUND",
    );
  });
});

Deno.test("a workflow that asks goes on when it is resumed", async () => {
  await withSandbox({}, async (sandbox) => {
    const input = {
      steps: [
        { toolName: "ask_clarifying_question", arguments: {} },
        { toolName: "generate_image", arguments: { prompt: "p" } },
      ],
    };
    const argv = ["--api-workflow", "--workflow-input", JSON.stringify(input), "--watch", "--json"];
    const first = await runHosted(sandbox.restEndpoint, argv);
    assertEquals(first.object.status, "waiting_for_user");
    const id = String((first.object.workflow as { workflowId: unknown }).workflowId);
    await runHosted(sandbox.restEndpoint, ["--resume-workflow", id]);
    const again = await runHosted(sandbox.restEndpoint, ["--stream-workflow", id]);
    assertStringIncludes(again.stdout, "waiting_for_user\n");
    assertStringIncludes(again.stdout, "workflow.status completed");
  });
});

Deno.test("a storyboard film, planned by the assistant", async () => {
  await withSandbox({}, async (sandbox) => {
    const argv = [
      "--api-workflow",
      "storyboard-video",
      "9:16 film for a bakery",
      "--storyboard-frames",
      "6",
    ];
    const run = await runHosted(sandbox.restEndpoint, [
      ...argv,
      "--duration",
      "12",
      "--watch",
      "--json",
    ]);
    assertEquals(run.code, 0, run.stderr);
    assertEquals(run.object.status, "completed");
    assertStringIncludes(String(run.object.storyline), "SCENE 06");
  });
});

Deno.test("a cost ceiling and an empty account stop a workflow", async () => {
  await withSandbox({ balance: { spark: 5 } }, async (sandbox) => {
    const start = (...more: string[]) =>
      runHosted(sandbox.restEndpoint, ["--api-workflow", "P", "--json", ...more]);
    const capped = await start("--workflow-max-cost", "2");
    assertEquals(capped.object.errorType, "WORKFLOW_VALIDATION_FAILED");
    assertEquals((await start()).object.errorCode, "INSUFFICIENT_BALANCE");
  });
});

Deno.test("the same key starts one workflow", async () => {
  await withSandbox({}, async (sandbox) => {
    const argv = ["--api-workflow", "P", "--idempotency-key", "k", "--json"];
    const ids = [];
    for (let time = 0; time < 2; time += 1) {
      const { object } = await runHosted(sandbox.restEndpoint, argv);
      ids.push((object.workflow as { workflowId: unknown }).workflowId);
    }
    assertEquals(ids[0], ids[1]);
  });
});

Deno.test("replay records and models", async () => {
  await withSandbox({}, async (sandbox) => {
    const run = (...argv: string[]) => runHosted(sandbox.restEndpoint, argv);
    const record = { run_id: "r1", rounds: [], model_id: "m", user_request: "a cat, api_key=abc" };
    assertEquals(
      (await run("--ingest-replay", JSON.stringify(record))).stdout,
      "Replay record: r1\n",
    );
    assertEquals((await run("--list-replays")).stdout, "r1\tm\t0\ta cat, api_key=[REDACTED]\n");
    const stored = await run("--get-replay", "r1", "--skip-redact", "--json");
    assertEquals(
      (stored.object.record as { user_request: unknown }).user_request,
      "a cat, api_key=[REDACTED]",
    );
    assertStringIncludes(
      (await run("--list-api-models")).stdout,
      "qwen3.6-35b-a3b-gguf-iq4xs\tsogni\n",
    );
    const missing = await run("--get-api-model", "none", "--json");
    assertEquals(missing.object.errorType, "ASSET_NOT_FOUND");
  });
});

Deno.test("a busy service is asked again, a refused key is not", async () => {
  const busy = { fault: "rest", path: "/v1/models", status: 503, times: 1 } as const;
  await withSandbox({ faults: [busy] }, async (sandbox) => {
    assertEquals((await runHosted(sandbox.restEndpoint, ["--list-api-models"])).code, 0);
  });
  await withSandbox({ apiKey: "other" }, async (sandbox) => {
    const run = await runHosted(sandbox.restEndpoint, ["--list-api-models", "--json"]);
    assertEquals(run.object.errorCode, "INVALID_API_KEY");
    assertEquals(sandbox.recorder.rest.length, 1);
  });
});
