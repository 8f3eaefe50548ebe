/** `--detach`: the job is sent, its handle is printed, and the service works on. */
import { invalidArgument } from "../../errors/app_error.ts";
import type { Plan } from "../../plan/types.ts";
import type { CommandContext } from "../context.ts";
import type { JobEntry } from "../jobs/job_entry.ts";
import type { Access } from "./connection.ts";
import { absolutePath, type OutputTarget } from "./output_target.ts";
import type { RunOutcome } from "./run_plan.ts";

/** @throws AppError INVALID_ARGUMENT for work that needs this program after the first results */
export function checkDetach(plan: Plan): void {
  const stage = plan.followUp
    ? "--looping"
    : typeof plan.summary.videoPath === "string"
    ? "--angles-360-video"
    : undefined;
  if (!stage) return;
  throw invalidArgument(
    `--detach cannot be combined with ${stage}.`,
    { flag: "--detach", with: stage },
    `${stage} needs this program until the film is joined: leave out --detach.`,
  );
}

/** A job that was left to the service. */
export interface DetachedJob {
  plan: Plan;
  outcome: RunOutcome;
  entry: JobEntry;
  access: Access;
  target: OutputTarget | undefined;
}

/** Prints the handle. */
export function reportDetached(
  { host, report }: CommandContext,
  { plan, outcome, entry, access, target }: DetachedJob,
): number {
  const id = entry.id ?? "";
  const next = `sogni-agent jobs wait ${id}${access.sandbox ? " --sandbox" : ""}`;
  report.result(
    {
      success: true,
      type: plan.medium,
      status: "running",
      jobId: id,
      projectIds: outcome.projectIds,
      acknowledged: outcome.detached?.acknowledged ?? false,
      prompt: plan.prompt,
      model: plan.model,
      count: plan.projects.reduce((sum, { params }) => sum + params.numberOfMedia, 0),
      tokenType: plan.tokenType,
      output: target ? absolutePath(host.facts.cwd, target.output) : null,
      next,
      ...(access.sandbox ? { sandbox: true } : {}),
      timestamp: new Date().toISOString(),
    },
    id,
  );
  if (!outcome.detached?.acknowledged) {
    report.warn("the service has not answered yet; whether it took the job is not known.");
  }
  report.note(`The job runs on. Get it with: ${next}`);
  return 0;
}
