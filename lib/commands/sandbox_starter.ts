/**
 * Starts the embedded service beside the command, in the main thread: it handles nothing that comes
 * from outside, and a thread of its own would cost 16 MiB.
 */
import type { Host, SandboxEndpoint } from "../platform/host.ts";
import { readSandboxSetup } from "./sandbox_setup.ts";

/** Serves the sandbox on loopback until the process ends. */
export async function startSandboxFor(host: Host): Promise<SandboxEndpoint> {
  const { serveSandbox } = await import("./sandbox_service.ts");
  return await serveSandbox(host, await readSandboxSetup(host));
}
