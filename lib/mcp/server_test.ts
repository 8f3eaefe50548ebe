import { assert, assertEquals, assertRejects } from "@std/assert";
import type { Client } from "@modelcontextprotocol/client";
import { CHAT_RULES } from "../../skill/source/rules.ts";
import type { Execute } from "./outcome.ts";
import { spendQuestion } from "./consent.ts";
import { controlledRun, delivered, textOf, withPair } from "./testing.ts";
import { TOOL_TEXTS } from "./tool_texts.ts";

const LEGACY = { versionNegotiation: { mode: "legacy" } } as const;
const MODERN = { versionNegotiation: { mode: { pin: "2026-07-28" } } } as const;
const ERAS = [["legacy", LEGACY], ["modern", MODERN]] as const;
const image = (fields: Record<string, unknown> = {}) => ({
  name: "generate_image",
  arguments: { prompt: "a fox", ...fields },
});

const answering = (object: Record<string, unknown>): Execute => () =>
  Promise.resolve(delivered(object));

for (const [era, options] of ERAS) {
  Deno.test(`${era}: lists its tools with schemas and annotations, and says who it is`, async () => {
    await withPair({ execute: answering({}), client: options }, async ({ client }) => {
      assertEquals(client.getServerVersion()?.name, "sogni-creative-agent");
      assertEquals(client.getServerVersion()?.version, "1.2.3");
      const instructions = client.getInstructions() ?? "";
      for (const { id, chat } of CHAT_RULES) assert(instructions.includes(chat), id);
      const { tools } = await client.listTools();
      assertEquals(tools.map(({ name }) => name).sort(), Object.keys(TOOL_TEXTS).sort());
      for (const tool of tools) {
        assertEquals(tool.title, TOOL_TEXTS[tool.name as keyof typeof TOOL_TEXTS].title);
        assertEquals(tool.inputSchema.additionalProperties, false, tool.name);
        assertEquals(tool.outputSchema?.type, "object", tool.name);
        assertEquals(Object.keys(tool.annotations ?? {}).length, 4, tool.name);
      }
    });
  });

  Deno.test(`${era}: a result is text and structure, and fits its schema`, async () => {
    const object = { type: "image", model: "m", urls: ["https://h/x.png"], seeds: [7, null] };
    await withPair({ execute: answering(object), client: options }, async ({ client }) => {
      await client.listTools();
      const result = await client.callTool(image());
      const whole = { success: true, ...object, status: "done" };
      assertEquals(result.structuredContent, whole);
      assertEquals(JSON.parse(textOf(result).split("\n")[0] ?? ""), whole);
    });
  });

  Deno.test(`${era}: asks before it spends; yes renders, no does not`, async () => {
    const argvs: (readonly string[])[] = [];
    const execute: Execute = (argv) => {
      argvs.push(argv);
      const price = {
        medium: "image",
        count: 2,
        model: "m",
        tokenType: "spark",
        estimate: { token: 1.5 },
      };
      return Promise.resolve(delivered(argv[0] === "--estimate" ? price : { urls: [] }));
    };
    const questions: string[] = [];
    const answers = [
      { action: "accept" as const, content: { render: true } },
      { action: "accept" as const, content: { render: false } },
      { action: "decline" as const },
    ];
    await withPair({
      execute,
      client: { ...options, capabilities: { elicitation: {} } },
      prepare: (client: Client) =>
        client.setRequestHandler("elicitation/create", (request) => {
          questions.push(request.params.message);
          return answers.shift() ?? { action: "cancel" as const };
        }),
    }, async ({ client }) => {
      const yes = await client.callTool(image());
      assertEquals(yes.isError, undefined, textOf(yes));
      for (let number = 0; number < 2; number++) {
        const no = await client.callTool(image());
        assertEquals([no.isError, JSON.parse(textOf(no)).errorCode], [true, "USER_CANCELLED"]);
      }
    });
    assertEquals(questions[0], "Render 2 x image with m? It costs about 1.5 spark.");
    const rendered = argvs.filter(([first]) => first !== "--estimate");
    assertEquals([questions.length, rendered.length], [3, 1]);
  });

  Deno.test(`${era}: a long render answers with a job that can be waited for`, async () => {
    const { execute, finish, argvs } = controlledRun();
    const run: Execute = (argv, rest) =>
      argv[0] === "jobs" ? Promise.resolve(delivered({ jobs: [] })) : execute(argv, rest);
    await withPair({ execute: run, client: options }, async ({ client }) => {
      await client.listTools();
      const started = await client.callTool(image({ wait_seconds: 0 }));
      const { status, job } = started.structuredContent as Record<string, unknown>;
      assertEquals(status, "running");
      const jobs = (fields: Record<string, unknown>) =>
        client.callTool({ name: "manage_jobs", arguments: { job, ...fields } });
      const seen = await jobs({ action: "status" });
      assertEquals((seen.structuredContent as Record<string, unknown>).status, "running");
      const listed = await client.callTool({ name: "manage_jobs", arguments: { action: "list" } });
      const { running } = listed.structuredContent as { running: { job: string }[] };
      assertEquals(running.map((each) => each.job), [job]);
      const waiting = jobs({ action: "wait", wait_seconds: 60 });
      finish(delivered({ urls: ["https://h/x.png"] }));
      const { structuredContent } = await waiting;
      assertEquals((structuredContent as Record<string, unknown>).status, "done");
      assertEquals((structuredContent as Record<string, unknown>).urls, ["https://h/x.png"]);
      assertEquals(argvs.length, 1);
    });
  });

  Deno.test(`${era}: a cancelled call interrupts its run`, async () => {
    const { execute, interrupted, argvs } = controlledRun();
    await withPair({ execute, client: options }, async ({ client }) => {
      const controller = new AbortController();
      const call = client.callTool(image(), { signal: controller.signal });
      call.catch(() => {});
      await until(() => argvs.length === 1);
      controller.abort();
      await assertRejects(() => call);
      await until(() => interrupted() === 1);
    });
  });

  Deno.test(`${era}: a client that goes away leaves no run`, async () => {
    const { execute, interrupted, argvs } = controlledRun();
    await withPair({ execute, client: options }, async ({ client, vanish, ended }) => {
      client.callTool(image()).catch(() => {});
      client.callTool(image({ wait_seconds: 0 })).catch(() => {});
      await until(() => argvs.length === 2);
      vanish();
      await ended;
      assertEquals(interrupted(), 2);
    });
  });
}

Deno.test("progress is told while a render runs, and only when it is wanted", async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const execute: Execute = async (_, { onProgress }) => {
    await promise;
    onProgress?.({ percent: 40, etaSeconds: 3, phase: null });
    await new Promise((done) => setTimeout(done, 20));
    return delivered({ urls: [] });
  };
  await withPair({ execute, client: LEGACY }, async ({ client, lines }) => {
    const heard: number[] = [];
    const call = client.callTool(image(), { onprogress: ({ progress }) => heard.push(progress) });
    await new Promise((done) => setTimeout(done, 520));
    resolve();
    await call;
    assertEquals(heard, [0, 40]);
    const before = lines.length;
    await client.callTool(image());
    assertEquals(lines.length, before + 1);
  });
});

Deno.test("fifty calls at once are all answered, each with its own result", async () => {
  let now = 0;
  let most = 0;
  const execute: Execute = async (argv) => {
    most = Math.max(most, ++now);
    await new Promise((done) => setTimeout(done, 5));
    now--;
    return delivered({ prompt: argv.at(-1) ?? "", urls: [] });
  };
  await withPair({ execute, client: LEGACY }, async ({ client }) => {
    const prompts = Array.from({ length: 50 }, (_, at) => `fox ${at}`);
    const results = await Promise.all(prompts.map((prompt) => client.callTool(image({ prompt }))));
    const answered = results.map(({ structuredContent }) =>
      (structuredContent as { prompt: string }).prompt
    );
    assertEquals(answered, prompts);
  });
  assert(most <= 12, String(most));
});

Deno.test("wrong input is an answer that can be acted upon, an unknown tool is not", async () => {
  await withPair({ execute: answering({}), client: LEGACY }, async ({ client }) => {
    const wrong = await client.callTool({ name: "generate_image", arguments: { prompt: "" } });
    assertEquals(wrong.isError, true);
    const lacking = await client.callTool({
      name: "manage_memories",
      arguments: { action: "set", key: "k" },
    });
    assertEquals(JSON.parse(textOf(lacking)).error, "set needs value.");
    const nobody = await client.callTool({
      name: "manage_jobs",
      arguments: { action: "wait", job: "run-9" },
    });
    assertEquals(JSON.parse(textOf(nobody)).errorCode, "JOB_NOT_FOUND");
    await assertRejects(() => client.callTool({ name: "nope", arguments: {} }), Error, "nope");
  });
});

Deno.test("jobs of earlier sessions are asked of the journal", async () => {
  const argvs: (readonly string[])[] = [];
  const execute: Execute = (argv) => {
    argvs.push(argv);
    return Promise.resolve(delivered({ type: "job" }));
  };
  await withPair({ execute, client: LEGACY }, async ({ client }) => {
    for (const action of ["wait", "status", "collect", "cancel"]) {
      await client.callTool({
        name: "manage_jobs",
        arguments: { action, job: "-j1", wait_seconds: 7 },
      });
    }
  });
  assertEquals(argvs, [
    ["jobs", "wait", "--timeout=7", "--", "-j1"],
    ["jobs", "status", "--", "-j1"],
    ["jobs", "collect", "--", "-j1"],
    ["jobs", "cancel", "--", "-j1"],
  ]);
});

Deno.test("nobody is asked in the sandbox, or where it was switched off", async () => {
  for (const more of [{ serve: { sandbox: true } }, { env: { SOGNI_MCP_CONFIRM: "0" } }]) {
    const argvs: (readonly string[])[] = [];
    const execute: Execute = (argv) => {
      argvs.push(argv);
      return Promise.resolve(delivered({ urls: [] }));
    };
    await withPair({
      execute,
      client: { ...LEGACY, capabilities: { elicitation: {} } },
      ...more,
    }, async ({ client }) => {
      await client.callTool(image());
    });
    assertEquals(argvs, [["--", "a fox"]]);
  }
});

Deno.test("the question says what is known and what is not", () => {
  const rows: [Record<string, unknown>, string][] = [
    [
      {
        success: true,
        type: "video-cost",
        model: "m",
        width: 640,
        height: 360,
        duration: 5,
        count: 1,
        tokenType: "spark",
        estimate: { token: 30 },
      },
      "Render video with m, 640x360, 5 s? It costs about 30 spark.",
    ],
    [
      { success: true, medium: "music", model: "m", count: 1, estimate: { token: null } },
      "Render music with m? The service does not say what it costs.",
    ],
    [{ success: false }, "Render this with Sogni? What it costs could not be found out."],
  ];
  for (const [estimate, question] of rows) assertEquals(spendQuestion(estimate), question);
});

Deno.test("a line that is no message is answered and does no harm", async () => {
  await withPair(
    { execute: answering({}), client: LEGACY },
    async ({ client, sendLine, lines }) => {
      sendLine("nonsense");
      assert(lines.some((line) => line.includes("-32700")));
      assertEquals((await client.listTools()).tools.length, 12);
    },
  );
});

async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error("it never happened");
}
