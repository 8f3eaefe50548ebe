/** `sogni-agent mcp` as its clients meet it: the official client, over the standard streams. */
import { assert, assertEquals } from "@std/assert";
import { Client, type ClientOptions } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import * as fs from "node:fs/promises";
import process from "node:process";
import type { Sandbox, SandboxOptions } from "../../lib/sandbox/options.ts";
import { agentCommand, inPlace, type Place } from "../support/agent.ts";
import { GREETING, runtimeEnv, startServer } from "../support/mcp_server.ts";
import { readPicture } from "../support/pictures.ts";
import { cancelled, serviceEnv, wireRequests, withService } from "../support/service.ts";

type Answer = { isError?: boolean; content: unknown; structuredContent?: unknown };

const LIMIT_BYTES = 1024 * 1024;
const PINNED = { versionNegotiation: { mode: { pin: "2026-07-28" } } } as const;

/** A client that talks to a server of its own. */
async function withClient(
  { home, cwd }: Pick<Place, "home" | "cwd">,
  env: Record<string, string>,
  body: (client: Client, transport: StdioClientTransport) => Promise<void>,
  options: ClientOptions = {},
): Promise<void> {
  const [command = "", ...before] = agentCommand();
  const transport = new StdioClientTransport({
    command,
    args: [...before, "mcp"],
    cwd,
    env: { ...runtimeEnv(), HOME: home, SOGNI_NO_UPDATE_CHECK: "1", ...env },
    stderr: "ignore",
  });
  const client = new Client({ name: "test", version: "1" }, options);
  await client.connect(transport);
  try {
    await body(client, transport);
  } finally {
    await client.close();
  }
}

async function withServed(
  options: SandboxOptions,
  body: (client: Client, place: Place, service: Sandbox) => Promise<void>,
  clientOptions: ClientOptions = {},
): Promise<void> {
  await withService(options, async (place, service) => {
    await withClient(place, serviceEnv(service), (client) => body(client, place, service), {
      ...clientOptions,
    });
  });
}

for (const [era, options] of [["2025", {}], ["2026", PINNED]] as const) {
  Deno.test(`a picture by way of the client, protocol of ${era}`, async () => {
    await withServed({}, async (client, { path }) => {
      assertEquals(client.getServerVersion()?.name, "sogni-creative-agent");
      const { tools } = await client.listTools();
      assertEquals(tools.length, 12);
      const answer = await client.callTool({
        name: "generate_image",
        arguments: {
          prompt: "--a fox that begins with dashes",
          output_path: path("fox.png"),
          count: 2,
        },
      }) as Answer;
      assertEquals(answer.isError, undefined, JSON.stringify(answer).slice(0, 2000));
      const { status, localPaths, prompt } = answer.structuredContent as Record<string, unknown>;
      assertEquals([status, prompt], ["done", "--a fox that begins with dashes"]);
      assertEquals(localPaths, [path("fox.png"), path("fox-2.png")]);
      assertEquals((await readPicture(path("fox.png"))).mime, "image/png");
      const types = (answer.content as { type: string }[]).map(({ type }) => type);
      assertEquals(types.slice(0, 4), ["image", "image", "text", "resource_link"]);
      assert(JSON.stringify(answer).length < LIMIT_BYTES);
    }, options);
  });
}

Deno.test("memories, personas, balance and media are the same as on the command line", async () => {
  await withServed({}, async (client, place) => {
    const call = async (name: string, given: Record<string, unknown> = {}) => {
      const answer = await client.callTool({ name, arguments: given }) as Answer;
      assertEquals(answer.isError, undefined, JSON.stringify(answer.content));
      return answer.structuredContent as Record<string, unknown>;
    };
    await call("manage_memories", {
      action: "set",
      key: "-style",
      value: "--ink",
      category: "fact",
    });
    const { object } = await place.json(["--memory-list"]);
    assertEquals((object.memories as { key: string }[]).map(({ key }) => key), ["-style"]);
    assertEquals((await call("manage_memories", { action: "list" })).memories, object.memories);
    assertEquals((await call("account_balance")).type, "balance");
    const saved = await call("import_media", { data: btoa("x"), filename: "a.png" });
    const { files } = await call("list_media") as { files: { path: string }[] };
    assertEquals(files.map(({ path }) => path), [saved.path]);
  });
});

Deno.test("fifty calls at once end with fifty pictures", async () => {
  await withServed({}, async (client, place) => {
    const names = Array.from({ length: 50 }, (_, at) => `p${at}.png`);
    const answers = await Promise.all(names.map((name) =>
      client.callTool({
        name: "generate_image",
        arguments: {
          prompt: `picture ${name}`,
          output_path: place.path(name),
          width: 256,
          height: 256,
          wait_seconds: 600,
        },
      }, { timeout: 300_000 })
    ));
    const failed = answers.filter(({ isError }) => isError);
    assertEquals(failed.map(({ content }) => JSON.stringify(content).slice(0, 500)), []);
    assertEquals((await fs.readdir(place.cwd)).sort(), [...names].sort());
  });
});

Deno.test("a cancelled call cancels the paid job, and the server goes on", async () => {
  await withServed({ faults: [{ fault: "stall", times: 1 }] }, async (client, _, service) => {
    const controller = new AbortController();
    const call = client.callTool(
      { name: "generate_image", arguments: { prompt: "a fox" } },
      { signal: controller.signal },
    );
    call.catch(() => {});
    await until(() => wireRequests(service).length === 1);
    controller.abort();
    await until(() => cancelled(service).length === 1);
    assertEquals(cancelled(service), wireRequests(service).map(({ jobID }) => String(jobID)));
    const next = await client.callTool({
      name: "generate_image",
      arguments: { prompt: "another fox" },
    }) as Answer;
    assertEquals(next.isError, undefined);
  });
});

Deno.test("a long render is handed out as a job and got by a later call", async () => {
  await withServed({ speed: 6 }, async (client) => {
    const first = await client.callTool({
      name: "generate_image",
      arguments: { prompt: "a slow fox", wait_seconds: 0 },
    }) as Answer;
    const { status, job } = first.structuredContent as Record<string, string>;
    assertEquals(status, "running");
    const heard: number[] = [];
    const second = await client.callTool(
      { name: "manage_jobs", arguments: { action: "wait", job } },
      { onprogress: ({ progress }) => heard.push(progress) },
    ) as Answer;
    assertEquals((second.structuredContent as Record<string, unknown>).status, "done");
    assertEquals([...heard].sort((a, b) => a - b), heard);
    assertEquals(new Set(heard).size, heard.length);
  });
});

Deno.test("a client that disappears leaves no paid job and no process", async () => {
  await withService({ faults: [{ fault: "stall" }] }, async (place, service) => {
    const server = startServer(agentCommand(), place, serviceEnv(service));
    server.send({ id: 1, method: "initialize", params: GREETING });
    await server.answered(1);
    server.send({ method: "notifications/initialized" });
    for (const id of [2, 3]) {
      const params = { name: "generate_image", arguments: { prompt: `fox ${id}` } };
      server.send({ id, method: "tools/call", params });
    }
    await until(() => wireRequests(service).length === 2);
    server.child.stdout.destroy();
    server.child.stdin.destroy();
    assertEquals(await server.ended, 0);
    const sent = wireRequests(service).map(({ jobID }) => String(jobID));
    assertEquals(cancelled(service).sort(), sent.sort());
  });
});

Deno.test("SIGTERM ends it with 143, after cancelling what is paid for", async () => {
  await withService({ faults: [{ fault: "stall" }] }, async (place, service) => {
    const server = startServer(agentCommand(), place, serviceEnv(service));
    server.send({ id: 1, method: "initialize", params: GREETING });
    await server.answered(1);
    server.send({
      id: 2,
      method: "tools/call",
      params: { name: "generate_image", arguments: { prompt: "fox" } },
    });
    await until(() => wireRequests(service).length === 1);
    process.kill(server.child.pid ?? 0, "SIGTERM");
    assertEquals(await server.ended, 143);
    assertEquals(cancelled(service).length, 1);
  });
});

Deno.test("without a key every paid tool says what to do, and the server stays", async () => {
  await inPlace(async (place) => {
    // An empty variable is what a form field leaves that was not filled in.
    await withClient(place, { SOGNI_API_KEY: "" }, async (client) => {
      const answer = await client.callTool({
        name: "generate_image",
        arguments: { prompt: "a fox" },
      }) as Answer;
      const [{ text = "" } = {}] = answer.content as { text?: string }[];
      const { errorCode, hint } = JSON.parse(text.split("\n")[0] ?? "") as Record<string, string>;
      assertEquals([answer.isError, errorCode], [true, "MISSING_CREDENTIALS"]);
      assert(hint);
      const list = await client.callTool({
        name: "manage_memories",
        arguments: { action: "list" },
      }) as Answer;
      assertEquals(list.isError, undefined);
    });
  });
});

Deno.test("the user is asked with the price before anything is spent", async () => {
  await withService({}, async (place, service) => {
    const questions: string[] = [];
    await withClient(place, serviceEnv(service), async (client) => {
      client.setRequestHandler("elicitation/create", ({ params }) => {
        questions.push(params.message);
        return { action: "decline" as const };
      });
      const answer = await client.callTool({
        name: "generate_image",
        arguments: { prompt: "a fox" },
      }) as Answer;
      assertEquals(answer.isError, true);
    }, { capabilities: { elicitation: {} } });
    assertEquals(questions.length, 1);
    assert(
      /^Render image with z_image_turbo_bf16, 512x512\? It costs about [\d.]+ spark\.$/
        .test(questions[0] ?? ""),
      questions[0],
    );
    assertEquals(wireRequests(service), []);
  });
});

Deno.test("unknown versions get one that is known; stdout carries the protocol alone", async () => {
  await inPlace(async (place) => {
    const server = startServer(agentCommand(), place, { SOGNI_SANDBOX: "1" });
    server.send({
      id: 1,
      method: "initialize",
      params: { ...GREETING, protocolVersion: "1999-01-01" },
    });
    const { result } = await server.answered(1);
    assert(/^202[5-9]-/.test(String((result as { protocolVersion: string }).protocolVersion)));
    server.child.stdin.write("nonsense\n");
    server.send({ id: 2, method: "tools/call", params: { name: "nope", arguments: {} } });
    const unknown = await server.answered(2) as { error?: { code: number } };
    assertEquals(unknown.error?.code, -32602);
    server.child.stdin.end();
    assertEquals(await server.ended, 0);
    for (const line of server.lines()) assertEquals(JSON.parse(line).jsonrpc, "2.0");
    assert(server.lines().some((line) => line.includes("-32700")));
  });
});

async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; tries < 3000; tries++) {
    if (condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error("it never happened");
}
