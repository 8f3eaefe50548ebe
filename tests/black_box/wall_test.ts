/**
 * The wall of the executable. It is built once more from the same bundle, with two chunks replaced:
 * the worker's module and a state command try what they can reach. Main thread, permissions and
 * runtime are those of the executable that users get.
 */
import { assert, assertEquals } from "@std/assert";
import { stop, transform } from "esbuild";
import * as fs from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import * as path from "node:path";
import process from "node:process";
import type { Reach, ReachTargets } from "../../lib/platform/testing/reach.ts";
import { compileBundle } from "../../scripts/compile.ts";
import { agentKind, inPlace, ROOT } from "../support/agent.ts";
import { buildBundle, runProgram } from "../support/bundle.ts";

const REFUSED = "NotCapable";

Deno.test({
  name: "behind the wall (executable only): a worker holds its service and nothing else, " +
    "a state command holds files and nothing else",
  ignore: agentKind() !== "executable",
  // The compiler of the probe is a child process that ends after the test.
  sanitizeResources: false,
  sanitizeOps: false,
  async fn() {
    await inPlace(async ({ home, path: at }) => {
      const program = at("walled-agent");
      await compileWithProbes(at("bundle"), program);
      await serving(async (url) => {
        await fs.writeFile(at("secret.txt"), "a secret");
        const targets: ReachTargets = {
          file: at("secret.txt"),
          program: process.execPath,
          allowedUrl: url,
          otherUrl: url,
        };
        const reach = async (...args: string[]) => {
          const env = { HOME: home, REACH: JSON.stringify(targets), SOGNI_NO_UPDATE_CHECK: "1" };
          const { code, output } = await runProgram(program, args, { env, cwd: home });
          assertEquals(code, 0, output);
          return JSON.parse(output) as Reach;
        };
        const walled = {
          ...{ read: REFUSED, readByNode: REFUSED, write: REFUSED, env: REFUSED, sys: REFUSED },
          ...{ run: REFUSED, runByNode: REFUSED, fetchAllowed: "done", fetchOther: REFUSED },
          // What it asks of the main thread is refused there.
          ...{ askRead: "EACCES", askWrite: "EACCES", askProfile: "EACCES", askKeys: "EACCES" },
          ...{ askRun: "EACCES", askShell: "EACCES", askState: "done" },
        };
        assertEquals(await reach("--sandbox", "a cat"), walled);
        assertEquals(await reach("--sandbox", "--api-chat", "hello"), walled);
        assertEquals(await fs.readFile(targets.file, "utf8"), "a secret");
        assertEquals(await reach("logout"), {
          ...{ read: "done", readByNode: "done", write: "done", env: "done", sys: REFUSED },
          ...{ run: REFUSED, runByNode: REFUSED, fetchAllowed: REFUSED, fetchOther: REFUSED },
        });
      });
    });
  },
});

async function compileWithProbes(bundle: string, program: string): Promise<void> {
  await buildBundle(bundle);
  const source = await fs.readFile(path.join(ROOT, "lib/platform/testing/reach.ts"), "utf8");
  const { code } = await transform(source, { loader: "ts", format: "esm" });
  await stop();
  const local = (await fs.readdir(bundle)).find((name) => /^logout-[A-Z0-9]+\.js$/.test(name));
  assert(local, "the state command that is replaced is no chunk of its own");
  await fs.writeFile(`${bundle}/worker.js`, `${code}${WORKER}`);
  await fs.writeFile(`${bundle}/${local}`, `${code}${STATE_COMMAND}`);
  await compileBundle(bundle, program);
}

const WORKER = `
globalThis.onmessage = async ({ data }) => {
  if (data.kind !== "start") return;
  const [own] = data.input.route.direct;
  const targets = { ...JSON.parse(data.facts.env.REACH), allowedUrl: \`http://\${own}/\` };
  const reach = await reachOut(targets);
  for (const [name, method, ...args] of [
    ["askRead", "files.readText", targets.file],
    ["askWrite", "files.writeAtomic", targets.file, ""],
    ["askProfile", "files.writeAtomic", data.facts.home + "/.profile", ""],
    ["askKeys", "files.list", data.facts.home + "/.ssh"],
    ["askRun", "run", targets.program, ["--version"]],
    ["askShell", "run", "sh", ["-c", "true"]],
    ["askState", "files.writeAtomic", data.facts.home + "/.config/sogni/probe", "x"],
  ]) {
    const answer = await new Promise((resolve) => {
      const id = Object.keys(reach).length;
      addEventListener("message", ({ data }) => data.id === id && resolve(data));
      postMessage({ kind: "call", id, method, args, callbacks: [] });
    });
    reach[name] = answer.error ? answer.error.code ?? answer.error.name : "done";
  }
  postMessage({ kind: "write", stream: "stdout", data: JSON.stringify(reach) });
  postMessage({ kind: "end", value: 0 });
};`;

const STATE_COMMAND = `
export const run = async ({ host, report }) => {
  const reach = await reachOut(JSON.parse(host.facts.env.REACH));
  report.result(reach, JSON.stringify(reach));
  return 0;
};`;

async function serving(body: (url: string) => Promise<void>): Promise<void> {
  const server = createServer((_, response) => response.end("hello"));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    await body(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}
