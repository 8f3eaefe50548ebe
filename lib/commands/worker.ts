/** The module that runs in workers: one command behind the wall. */
import type { Invocation } from "../cli/invocation.ts";
import { type NetworkRoute, takeRoute } from "../net/route.ts";
import { serveTasks } from "../platform/worker_task.ts";
import { execute } from "./execute.ts";

/** What the main thread sends with a command. */
export interface CommandInput {
  invocation: Invocation;
  route: NetworkRoute;
}

serveTasks({
  async command({ host, input }) {
    const { invocation, route } = input as CommandInput;
    await takeRoute(route, host);
    return await execute(invocation, host);
  },
});
