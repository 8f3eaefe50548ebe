import { assertEquals, assertRejects } from "@std/assert";
import { RpcClient, type RpcMessage, RpcServer } from "./rpc.ts";

/** A client and a server joined by structured clones, as across a worker boundary. */
function pair(methods: Record<string, (...args: never[]) => Promise<unknown>>): RpcClient {
  const clientPort = {
    postMessage: (message: unknown) => {
      const copy = structuredClone(message) as RpcMessage;
      queueMicrotask(() => server.handle(copy));
    },
  };
  const serverPort = {
    postMessage: (message: unknown) => {
      const copy = structuredClone(message) as RpcMessage;
      queueMicrotask(() => client.handle(copy));
    },
  };
  const client = new RpcClient(clientPort);
  const server = new RpcServer(serverPort, methods);
  return client;
}

Deno.test("a call gives back the value of the other side", async () => {
  const client = pair({ add: (a: number, b: number) => Promise.resolve(a + b) });
  assertEquals(await client.call("add", [2, 3]), 5);
});

Deno.test("an error keeps its message, name and code", async () => {
  const client = pair({
    fail: () => Promise.reject(Object.assign(new TypeError("no such file"), { code: "ENOENT" })),
  });
  const error = await assertRejects(() => client.call("fail", []), Error, "no such file");
  assertEquals([error.name, (error as { code?: string }).code], ["TypeError", "ENOENT"]);
});

Deno.test("an unknown method is refused", async () => {
  await assertRejects(() => pair({}).call("nothing", []), Error, "no method nothing");
});

Deno.test("callbacks among the options are called here", async () => {
  const client = pair({
    run: (_program: string, options: { onStderrLine: (line: string) => void; limit: number }) => {
      options.onStderrLine("one");
      options.onStderrLine(`limit ${options.limit}`);
      return Promise.resolve("done");
    },
  });
  const lines: string[] = [];
  const value = await client.call("run", ["ffmpeg", {
    limit: 7,
    onStderrLine: (line: string) => lines.push(line),
  }]);
  assertEquals([value, lines], ["done", ["one", "limit 7"]]);
});

Deno.test("aborting a signal here aborts the work there", async () => {
  const client = pair({
    wait: (options: { signal: AbortSignal }) =>
      new Promise((resolve) => options.signal.addEventListener("abort", () => resolve("aborted"))),
  });
  const controller = new AbortController();
  const call = client.call("wait", [{ signal: controller.signal }]);
  controller.abort();
  assertEquals(await call, "aborted");
});

Deno.test("bytes cross as bytes", async () => {
  const client = pair({ length: (bytes: Uint8Array) => Promise.resolve(bytes.length) });
  assertEquals(await client.call("length", [new Uint8Array(1000)]), 1000);
});

Deno.test("calls that overlap get their own answers", async () => {
  const client = pair({
    later: async (ms: number) => {
      await new Promise((resolve) => setTimeout(resolve, ms));
      return ms;
    },
  });
  const values = await Promise.all([20, 1, 10].map((ms) => client.call("later", [ms])));
  assertEquals(values, [20, 1, 10]);
});
