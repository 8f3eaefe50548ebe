/** Generation: from options to files. The order of the steps is the promise: plan, check, pay, save. */
import type { Options } from "../cli/flags/table.ts";
import { invalidArgument } from "../errors/app_error.ts";
import { requireFfmpeg } from "../media/ffmpeg/find.ts";
import { planGeneration } from "../plan/plan.ts";
import type { Plan, PlanInput } from "../plan/types.ts";
import { preloadSdk } from "../service/sdk_service.ts";
import type { CommandContext, CommandRun } from "./context.ts";
import { checkDetach, reportDetached } from "./generation/detach.ts";
import { checkBeforeSubmit } from "./generation/before_submit.ts";
import { findAccess } from "./generation/connection.ts";
import { finish } from "./generation/finish.ts";
import { gatherInput } from "./generation/gather.ts";
import { checkLiveModel } from "./generation/live_check.ts";
import { lookAtReferences } from "./generation/look_at_references.ts";
import { checkOutput } from "./generation/output_target.ts";
import { render } from "./generation/render.ts";
import { checkShow } from "./generation/show.ts";
import { loadSettings, type Settings } from "./generation/settings.ts";
import { fixedDestination } from "./jobs/enter_job.ts";
import { createRescue } from "./jobs/rescue.ts";

/** Generates what the command line asks for. */
export const run: CommandRun = async (context) => {
  const { options } = context.invocation;
  refuseOthers(options);
  if (!options.dryRun) preloadSdk();
  const settings = await loadSettings(context);
  const input = await gatherInput(context, settings);
  return await carryOut(context, { settings, input, plan: planGeneration(input) });
};

/** A plan with what it was made from. */
export interface Planned {
  settings: Settings;
  input: PlanInput;
  plan: Plan;
}

/** Checks, pays for and saves what is planned; returns the exit code. */
export async function carryOut(
  context: CommandContext,
  { settings, input, plan }: Planned,
): Promise<number> {
  const { invocation, host, report } = context;
  announce(context, plan);
  checkShow(invocation.options, plan);
  const ownResult = invocation.options.lastImage ? input.lastRender?.image : undefined;
  await lookAtReferences(host.files, plan, { options: invocation.options, ownResult });
  if (invocation.options.dryRun) {
    report.result({ success: true, type: "plan", plan }, JSON.stringify(plan, null, 2));
    return 0;
  }
  if (invocation.options.detach) checkDetach(plan);
  const target = await checkOutput(context, plan);
  if (plan.needsFfmpeg) await requireFfmpeg(host, ffmpegPurpose(invocation.options));
  const connection = { context, ...settings, network: plan.network };
  const access = await findAccess(connection);
  const checkLive = await checkLiveModel(context, plan, settings.paths, access);
  const checkCost = checkBeforeSubmit(context);
  const beforeSubmit: typeof checkCost = async (service, ready, entry) => {
    if (ready.model === plan.model) await checkLive(service);
    await checkCost(service, ready, entry);
  };
  const rescue = createRescue(context, access);
  const common = { connection, access, beforeSubmit };
  try {
    const done = await render(context, plan, {
      ...common,
      destination: fixedDestination(host.facts.cwd, target),
      ...(ownResult === undefined ? {} : { ownResult }),
      detach: invocation.options.detach ?? false,
      onOrphans: rescue.start,
    });
    if (done.outcome.detached) return reportDetached(context, { ...done, access, target });
    return await finish({
      ...{ context, settings, input, target, access },
      ...done,
      render: (next, paths) =>
        render(context, next, {
          ...common,
          beforeSubmit: checkBeforeSubmit(context, true),
          destination: { paths },
        }),
    });
  } finally {
    await rescue.finished();
  }
}

/** What ffmpeg is needed for, in the words of the command line. */
function ffmpegPurpose({ looping, angles360Video }: Options): string {
  if (looping) return "--looping";
  return angles360Video === undefined ? "preparing the references" : "--angles-360-video";
}

/** Flags of other commands that would otherwise be passed over in silence. */
function refuseOthers({ vary, concurrency }: Options): void {
  if (vary) {
    throw invalidArgument(
      "--vary works on a render that was made.",
      { flag: "--vary" },
      "Find one with: sogni-agent history. Then: sogni-agent history rerun <id> --vary",
    );
  }
  if (concurrency !== undefined) {
    throw invalidArgument(
      "--concurrency works with batch.",
      { flag: "--concurrency", value: concurrency },
      "Write: sogni-agent batch <jobs.jsonl> --concurrency 4. For several images of one prompt: -n",
    );
  }
}

/** Tells what planning decided, and remembers it for failures. */
export function announce({ failure, report }: CommandContext, plan: Plan): void {
  failure.prompt = plan.prompt || null;
  failure.context = plan.context;
  for (const { level, text } of plan.notes) {
    if (level === "important") report.important(text);
    else if (level === "warning") report.warn(text);
    else report.note(text);
  }
}
