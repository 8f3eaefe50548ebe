/** Generation: from options to files. The order of the steps is the promise: plan, check, pay, save. */
import { requireFfmpeg } from "../media/ffmpeg/find.ts";
import { planGeneration } from "../plan/plan.ts";
import type { Plan } from "../plan/types.ts";
import { preloadSdk } from "../service/sdk_service.ts";
import type { CommandContext, CommandRun } from "./context.ts";
import { checkBeforeSubmit } from "./generation/before_submit.ts";
import { findAccess } from "./generation/connection.ts";
import { finish } from "./generation/finish.ts";
import { gatherInput } from "./generation/gather.ts";
import { checkOutput } from "./generation/output_target.ts";
import { render } from "./generation/render.ts";
import { loadSettings } from "./generation/settings.ts";

/** Generates what the command line asks for. */
export const run: CommandRun = async (context) => {
  const { invocation, host, report } = context;
  if (!invocation.options.dryRun) preloadSdk();
  const settings = await loadSettings(context);
  const input = await gatherInput(context, settings);
  const plan = planGeneration(input);
  announce(context, plan);
  if (invocation.options.dryRun) {
    report.result({ success: true, type: "plan", plan }, JSON.stringify(plan, null, 2));
    return 0;
  }
  const target = await checkOutput(context, plan);
  if (plan.needsFfmpeg) await requireFfmpeg(host, "this command");
  const connection = { context, ...settings, network: plan.network };
  const access = await findAccess(connection);
  const beforeSubmit = checkBeforeSubmit(context);
  const done = await render(context, plan, { connection, access, beforeSubmit });
  return await finish({
    context,
    settings,
    input,
    ...done,
    target,
    access,
    render: async (next) => (await render(context, next, { connection, access })).outcome,
  });
};

/** Tells what planning decided, and remembers it for failures. */
export function announce({ failure, report }: CommandContext, plan: Plan): void {
  failure.prompt = plan.prompt;
  failure.context = plan.context;
  for (const { level, text } of plan.notes) {
    if (level === "important") report.important(text);
    else if (level === "warning") report.warn(text);
    else report.note(text);
  }
}
