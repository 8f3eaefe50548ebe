/** Starts the embedded service beside the command: in a worker of its own, or in this thread. */
import type { Host, SandboxEndpoint } from "../platform/host.ts";
import { isDeno } from "../platform/runtime.ts";
import { readSandboxSetup } from "./sandbox_setup.ts";

/**
 * Serves the sandbox on loopback until the process ends.
 *
 * @param workerModule module that serves the task `sandbox`
 */
export async function startSandboxFor(host: Host, workerModule: URL): Promise<SandboxEndpoint> {
  const setup = await readSandboxSetup(host);
  if (!isDeno) {
    const { serveSandbox } = await import("./sandbox_service.ts");
    return await new Promise((resolve, reject) => {
      serveSandbox(host, setup, resolve).catch(reject);
    });
  }
  const { startWorker } = await import("../platform/worker_session.ts");
  const session = startWorker({
    module: workerModule,
    task: "sandbox",
    input: setup,
    grants: { net: ["127.0.0.1"] },
    host,
  });
  const failed = session.ended.then(() => {
    throw new Error("the sandbox ended before it was up");
  });
  failed.catch(() => {});
  return await Promise.race([session.ready as Promise<SandboxEndpoint>, failed]);
}
