/** Requests to the journal for commands that cannot do without it. */
import { AppError } from "../../errors/app_error.ts";
import type { Job, JournalAnswer, JournalCall, JournalRequest } from "../../platform/journal.ts";
import type { CommandContext } from "../context.ts";

/** @throws AppError JOURNAL_UNUSABLE */
export async function askJournal<Call extends JournalCall>(
  { host }: Pick<CommandContext, "host">,
  request: JournalRequest<Call>,
): Promise<JournalAnswer<Call>> {
  try {
    return await host.journal(request);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new AppError("JOURNAL_UNUSABLE", `The journal of jobs cannot be used: ${reason}.`, {
      details: { cause: reason },
      hint: /disk is full|ENOSPC/i.test(reason)
        ? "Free some space, then run the command again."
        : "Give your user access to it, or name another file with SOGNI_JOBS_PATH.",
      cause: error,
    });
  }
}

/** @throws AppError JOB_NOT_FOUND */
export async function findJob(context: CommandContext, id: string | undefined): Promise<Job> {
  const { command } = context.invocation;
  if (id === undefined || id === "") {
    throw new AppError("INVALID_ARGUMENT", "The id of a job is missing.", {
      details: { command },
      hint: "List the jobs with: sogni-agent jobs",
    });
  }
  const job = await askJournal(context, { call: "find", id });
  if (job) return job;
  throw new AppError("JOB_NOT_FOUND", `The journal has no job "${id}".`, {
    details: { jobId: id },
    hint: "List the jobs with: sogni-agent jobs",
  });
}
