/** The module that runs in workers: a command, or the sandbox service. */
import type { Invocation } from "../cli/invocation.ts";
import { serveTasks } from "../platform/worker_task.ts";
import { execute } from "./execute.ts";
import type { SandboxSetup } from "./sandbox_service.ts";

serveTasks({
  command: ({ host, input }) => execute(input as Invocation, host),
  sandbox: async ({ host, input, ready }) => {
    const { serveSandbox } = await import("./sandbox_service.ts");
    return await serveSandbox(host, input as SandboxSetup, ready);
  },
});
