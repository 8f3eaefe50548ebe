/** The module that runs in workers: one command behind the wall. */
import type { Invocation } from "../cli/invocation.ts";
import { serveTasks } from "../platform/worker_task.ts";
import { execute } from "./execute.ts";

serveTasks({
  command: ({ host, input }) => execute(input as Invocation, host),
});
