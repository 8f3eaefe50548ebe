/** Enters the job of a run, or finds the same work under way. */
import { createHash } from "node:crypto";
import { isUrl } from "../../plan/needs.ts";
import type { Plan } from "../../plan/types.ts";
import type { Job, JobDestination, JobDraft } from "../../platform/journal.ts";
import { planHash } from "../../store/journal/plan_hash.ts";
import type { CommandContext } from "../context.ts";
import type { Access } from "../generation/connection.ts";
import { absolutePath } from "../generation/output_target.ts";
import { JobEntry, unusable } from "./job_entry.ts";

/** What is known of a run before it is entered. */
export interface EntryRequest {
  plan: Plan;
  access: Access;
  destination: JobDestination;
  /** Enter it even when the same work is under way. */
  again: boolean;
}

/** What the journal said. */
export interface Entered {
  entry: JobEntry;
  /** The same work, which is under way already; then nothing was entered. */
  existing?: Job;
  /** Open jobs that nobody looks after. */
  orphans: Job[];
  /** Why the journal cannot be used. */
  problem?: unknown;
}

/** Never rejects. */
export async function enterJob(
  { host, report }: CommandContext,
  { plan, access, destination, again }: EntryRequest,
): Promise<Entered> {
  const parts = { journal: host.journal, warn: (text: string) => report.warn(text) };
  try {
    const draft: JobDraft = {
      planHash: planHash(plan, await contentMarks(host, plan)),
      plan: JSON.stringify(plan),
      prompt: plan.prompt,
      model: plan.model,
      medium: plan.medium,
      count: plan.projects.reduce((sum, { params }) => sum + params.numberOfMedia, 0),
      tokenType: plan.tokenType,
      ...accountOf(access),
      sandbox: access.sandbox,
      destination,
    };
    const { job, existing, orphans, notes } = await host.journal({ call: "open", draft, again });
    for (const note of notes) report.warn(note);
    return existing
      ? { entry: new JobEntry(parts), existing: job, orphans }
      : { entry: new JobEntry(parts, job), orphans };
  } catch (problem) {
    report.warn(unusable(problem));
    return { entry: new JobEntry(parts), orphans: [], problem };
  }
}

/** Which jobs this access can look up: those of its service and of its account. */
export function accountOf(
  { service, sandbox, detached }: Access,
): Pick<JobDraft, "endpoint" | "account" | "access"> {
  if (detached) return { endpoint: service.restEndpoint, account: "sandbox", access: detached };
  if (sandbox) return { endpoint: "sandbox", account: "sandbox" };
  // A mark by which the account is known again, and from which the key cannot be had.
  const account = createHash("sha256").update(service.apiKey).digest("hex").slice(0, 16);
  return { endpoint: service.restEndpoint, account };
}

/** A path as it was typed, so that it means the same in another folder. */
export function fixedDestination(
  cwd: string,
  target: { output: string; isFolder: boolean } | undefined,
): JobDestination {
  if (!target) return null;
  const { output, isFolder } = target;
  // `resolve` drops the slash at the end that makes a name a folder.
  return { output: absolutePath(cwd, output), isFolder: isFolder || /[/\\]$/.test(output) };
}

/** The same path may hold another picture tomorrow: size and time of change tell. */
async function contentMarks(
  { files, facts }: CommandContext["host"],
  plan: Plan,
): Promise<Record<string, string>> {
  const inputs = [...plan.projects.flatMap(({ media }) => media), plan.followUp?.end];
  const sources = new Set(
    inputs.flatMap((input) => input && !isUrl(input.source) ? [input.source] : []),
  );
  const marks: Record<string, string> = {};
  for (const source of sources) {
    const path = absolutePath(facts.cwd, source);
    const info = await files.stat(path).catch(() => undefined);
    marks[source] = info ? `${path}:${info.size}:${info.modifiedAt}` : path;
  }
  return marks;
}
