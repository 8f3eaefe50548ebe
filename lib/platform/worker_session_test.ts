import { assertEquals, assertRejects } from "@std/assert";
import * as fs from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import * as os from "node:os";
import * as path from "node:path";
import process from "node:process";
import { readFacts } from "./facts.ts";
import type { Host, InterruptName } from "./host.ts";
import { createLocalHost } from "./local_host.ts";
import type { Reach, ReachTargets } from "./testing/reach.ts";
import { startWorker, type WorkerGrants } from "./worker_session.ts";

const MODULE = new URL("./testing/reach_worker.ts", import.meta.url);

/** A host as the executable has it, whose signals the test sends. */
function hostOf(): Host & { interrupt: (name: InterruptName) => void; written: string[] } {
  const facts = { ...readFacts(), standalone: true };
  const handlers: ((name: InterruptName) => void)[] = [];
  const written: string[] = [];
  return {
    ...createLocalHost({ facts }),
    write: (stream, data) => void written.push(`${stream}: ${data}`),
    onInterrupt: (handler) => void handlers.push(handler),
    interrupt: (name) => handlers.forEach((handler) => handler(name)),
    written,
  };
}

/** Starts `task` against a file and a server that exist. */
async function inWorker(
  task: string,
  grants: WorkerGrants,
  check: (
    session: ReturnType<typeof startWorker>,
    host: ReturnType<typeof hostOf>,
  ) => Promise<void>,
): Promise<void> {
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), "worker-session-"));
  const server = createServer((_, response) => response.end("hello"));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const input: ReachTargets = {
    file: path.join(folder, "secret.txt"),
    program: process.execPath,
    allowedUrl: `http://127.0.0.1:${port}/`,
    otherUrl: `http://localhost:${port}/`,
  };
  await fs.writeFile(input.file, "a secret");
  const host = hostOf();
  const session = startWorker({ module: MODULE, task, input, grants, host });
  try {
    await check(session, host);
    assertEquals(await fs.readFile(input.file, "utf8"), "a secret");
  } finally {
    session.terminate();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await fs.rm(folder, { recursive: true });
  }
}

Deno.test("a worker reads, writes and starts nothing, and sees neither environment nor machine", async () => {
  await inWorker("reach", { net: ["127.0.0.1", "localhost"] }, async ({ ended }) => {
    const refused = "NotCapable";
    assertEquals(await ended as Reach, {
      ...{ read: refused, readByNode: refused, write: refused, env: refused, sys: refused },
      ...{ run: refused, runByNode: refused, fetchAllowed: "done", fetchOther: "done" },
    });
  });
});

Deno.test("a worker that was granted one host reaches that one only", async () => {
  await inWorker("reach", { net: ["127.0.0.1"] }, async ({ ended }) => {
    const { fetchAllowed, fetchOther } = await ended as Reach;
    assertEquals([fetchAllowed, fetchOther], ["done", "NotCapable"]);
  });
});

Deno.test("through its host the same worker reads the file", async () => {
  await inWorker("ask", { net: false }, async ({ ended }) => {
    assertEquals(await ended, "a secret");
  });
});

Deno.test("a task that crashes ends the session with its error, name and code kept", async () => {
  await inWorker("crash", { net: false }, async ({ ended }) => {
    const error = await assertRejects(() => ended, Error, "on purpose") as Error & {
      code?: string;
    };
    assertEquals([error.name, error.code], ["TypeError", "ECRASH"]);
  });
});

Deno.test("signals reach the worker, what it writes reaches the streams", async () => {
  await inWorker("listen", { net: false }, async ({ ready, ended }, host) => {
    assertEquals(await ready, "up");
    host.interrupt("SIGTERM");
    assertEquals(await ended, "SIGTERM");
    assertEquals(host.written, ["stderr: listening"]);
  });
});

Deno.test("a task that does not exist is an error of the session", async () => {
  await inWorker("nothing", { net: false }, async ({ ended }) => {
    await assertRejects(() => ended, Error, "no task nothing");
  });
});
