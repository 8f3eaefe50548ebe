/** `sogni-agent jobs`: looks after jobs that were sent. */
import { invalidArgument } from "../errors/app_error.ts";
import type { CommandContext, CommandRun } from "./context.ts";

type Action = (context: CommandContext, id: string | undefined) => Promise<number>;

/** Each action with the module that has it. */
const ACTIONS: Readonly<Record<string, () => Promise<Action>>> = {
  list: async () => (await import("./jobs/list_jobs.ts")).listJobs,
  status: async () => (await import("./jobs/list_jobs.ts")).showJob,
  wait: async () => (await import("./jobs/wait_job.ts")).waitForJob,
  collect: async () => {
    const { collectJobs, collectOneJob } = await import("./jobs/collect_jobs.ts");
    return (context, id) => id === undefined ? collectJobs(context) : collectOneJob(context, id);
  },
  cancel: async () => (await import("./jobs/cancel_job.ts")).cancelJob,
  clean: async () => (await import("./jobs/list_jobs.ts")).cleanJobs,
};

/** Runs the action that the first word names; without one it lists. */
export const run: CommandRun = async (context) => {
  const [action = "list", id, ...rest] = context.invocation.words;
  const load = Object.hasOwn(ACTIONS, action) ? ACTIONS[action] : undefined;
  if (!load || rest.length > 0) {
    throw invalidArgument(
      load ? `jobs ${action} takes one id.` : `jobs has no action "${action}".`,
      { command: "jobs", value: load ? rest.join(" ") : action, allowed: Object.keys(ACTIONS) },
      `Write: sogni-agent jobs [${Object.keys(ACTIONS).join("|")}] [id]`,
    );
  }
  return await (await load())(context, id);
};
