/** `jobs` for hosted runs and workflows: followed by their id at the service, never sent again. */
import { AppError } from "../../errors/app_error.ts";
import type { Job, JobDestination } from "../../platform/journal.ts";
import { answerLists } from "../../service/hosted/chat_answer.ts";
import { asObject, fromEnvelope, textAt } from "../../service/hosted/read.ts";
import { readWorkflow, workflowSummary } from "../../service/hosted/workflow_view.ts";
import type { CommandContext } from "../context.ts";
import { attendRun, sayHowItEnded } from "../hosted/attend_run.ts";
import { hostedBook, HostedEntry, idempotencyKeyOf } from "../hosted/hosted_entry.ts";
import { type HostedSession, inSession } from "../hosted/session.ts";
import { attendWorkflow } from "../hosted/workflow_watch.ts";
import { askJournal } from "./ask_journal.ts";
import { JobEntry } from "./job_entry.ts";
import { jobLine, jobObject } from "./job_object.ts";

const ENDED = ["completed", "partial_failure", "failed", "cancelled"];

/** Follows the work from its first event to its end and saves what it made. */
export async function waitForHostedJob(context: CommandContext, job: Job): Promise<number> {
  return await inSession(context, (session) => attend(context, session, reachable(session, job)));
}

/** Saves what the work made if it has ended; else says that it runs. */
export async function collectHostedJob(context: CommandContext, job: Job): Promise<number> {
  return await inSession(context, async (session) => {
    const status = await statusAtService(session, reachable(session, job));
    if (ENDED.includes(status)) return await attend(context, session, job);
    const timestamp = new Date().toISOString();
    context.report.result(
      { success: true, type: "job", ...jobObject(job), status: "running", timestamp },
      `running ${job.id}`,
    );
    return 0;
  });
}

/** Prints the job and what the service says of it. */
export async function showHostedJob(context: CommandContext, job: Job): Promise<number> {
  const { report } = context;
  let seen: Record<string, unknown> = {};
  if (job.open && job.projectIds.length > 0) {
    try {
      await inSession(context, async (session) => {
        const serviceStatus = await statusAtService(session, reachable(session, job));
        seen = { reachable: true, serviceStatus };
        return 0;
      });
    } catch (error) {
      if (!(error instanceof AppError) || error.code === "USER_CANCELLED") throw error;
      report.warn(`the service could not be asked: ${error.message}`);
      seen = { reachable: false };
    }
  }
  const timestamp = new Date().toISOString();
  report.localResult({ success: true, type: "job", ...jobObject(job), ...seen, timestamp }, [
    jobLine(job),
  ]);
  if (ENDED.includes(String(seen.serviceStatus))) {
    report.note(`It has ended. Get its results with: sogni-agent jobs collect ${job.id}`);
  }
  return 0;
}

/** @throws AppError JOB_CANCEL_FAILED when the service does not confirm it */
export async function cancelHostedJob(context: CommandContext, job: Job): Promise<number> {
  return await inSession(context, async (session) => {
    if (job.open) {
      const path = `${pathOf(reachable(session, job))}/cancel`;
      const body = job.medium === "chat" ? { body: { reason: "cancelled by the user" } } : {};
      try {
        await session.client.call({ method: "POST", path, repeat: "never", ...body });
      } catch (cause) {
        throw new AppError("JOB_CANCEL_FAILED", "The service did not confirm the cancellation.", {
          details: { jobId: job.id, projectIds: job.projectIds },
          hint: `Look again with: sogni-agent jobs status ${job.id}`,
          cause,
        });
      }
      const change = { state: "cancelled", open: false } as const;
      await askJournal(context, { call: "change", job: job.id, change });
    }
    const now = await askJournal(context, { call: "find", id: job.id }) ?? job;
    const timestamp = new Date().toISOString();
    context.report.result(
      { success: true, type: "job", ...jobObject(now), timestamp },
      `${now.state} ${now.id}`,
    );
    return 0;
  });
}

async function attend(context: CommandContext, session: HostedSession, job: Job): Promise<number> {
  const { host, invocation, report } = context;
  const id = job.projectIds[0] ?? "";
  const output = invocation.options.output ?? typed(job.destination);
  // Another process may look after it: then this one only watches, and the journal is the other's.
  const claimed = job.open ? await askJournal(context, { call: "claim", job: job.id }) : null;
  const parts = { journal: host.journal, warn: (text: string) => report.warn(text) };
  const entry = new HostedEntry(
    context,
    claimed ? new JobEntry(parts, claimed) : new JobEntry(parts),
  );
  report.note(`Waiting for job ${job.id}...`);
  const { fields, text, localPaths } = job.medium === "chat"
    ? await entry.attend(async () => {
      const end = await attendRun(context, session, { runId: id, output, cancels: false });
      const { run } = end;
      const { status, content, toolCalls, workflows } = run;
      sayHowItEnded(context, run);
      const fields = { runId: id, serviceStatus: status, content, toolCalls, workflows };
      return { ...end, fields, text: answerLists(run) };
    })
    : await entry.attend(async () => {
      const end = await attendWorkflow(context, session, id, output);
      const fields = { workflowId: id, serviceStatus: end.status, workflow: end.record ?? null };
      return { ...end, fields, text: end.record ? ["", ...workflowSummary(end.record)] : [] };
    });
  const now = await askJournal(context, { call: "find", id: job.id }) ?? job;
  const timestamp = new Date().toISOString();
  report.result({
    success: true,
    type: "job",
    ...jobObject(now),
    localPaths,
    ...fields,
    timestamp,
  }, text);
  return 0;
}

/** @throws AppError JOB_NOT_REACHABLE */
function reachable(session: HostedSession, job: Job): Job {
  const { endpoint, account } = hostedBook(session);
  const refuse = (message: string, hint: string) => {
    return new AppError("JOB_NOT_REACHABLE", message, {
      details: { jobId: job.id, endpoint: job.endpoint },
      hint,
    });
  };
  if (job.sandbox) {
    throw refuse(
      `The practice service of job ${job.id} has ended.`,
      "Practice runs and workflows end with their command.",
    );
  }
  if (endpoint !== job.endpoint || account !== job.account) {
    const other = endpoint === job.endpoint ? "another API key" : job.endpoint;
    throw refuse(
      `Job ${job.id} was sent with ${other}.`,
      "Use the API key and the endpoint that the job was sent with.",
    );
  }
  if (job.projectIds.length === 0) {
    throw refuse(
      `Nobody heard by which id the service knows job ${job.id}.`,
      "Run the same command again with --workflow-idempotency-key " +
        `${idempotencyKeyOf(job) ?? "KEY"}: the service then answers with the same work.`,
    );
  }
  return job;
}

async function statusAtService({ client }: HostedSession, job: Job): Promise<string> {
  const body = await client.call({ method: "GET", path: pathOf(job), repeat: "safe" });
  const record = job.medium === "chat"
    ? asObject(fromEnvelope(body, "run") ?? asObject(body).run ?? body)
    : readWorkflow(body);
  return textAt(record, "status") ?? "unknown";
}

function pathOf({ medium, projectIds }: Job): string {
  const id = encodeURIComponent(projectIds[0] ?? "");
  return medium === "chat" ? `/v1/chat/runs/${id}` : `/v1/creative-agent/workflows/${id}`;
}

/** A destination as it would be typed: a folder by its slash at the end. */
function typed(destination: JobDestination): string | undefined {
  if (!destination || "paths" in destination) return undefined;
  const { output, isFolder } = destination;
  return isFolder ? `${output.replace(/[/\\]+$/, "")}/` : output;
}
