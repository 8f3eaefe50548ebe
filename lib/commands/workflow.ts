/** Hosted workflows: start, watch, list, get, events, stream, cancel, resume. */
import { AppError } from "../errors/app_error.ts";
import { asList, asObject, fromEnvelope } from "../service/hosted/read.ts";
import {
  readWorkflow,
  workflowId,
  workflowLine,
  workflowSummary,
} from "../service/hosted/workflow_view.ts";
import type { CommandContext, CommandRun } from "./context.ts";
import { describeFailure } from "../cli/failure.ts";
import { findMediaUrls, saveMedia } from "./hosted/save_media.ts";
import { type HostedSession, inSession } from "./hosted/session.ts";
import { rawAnswer, readStartInput, startWorkflow } from "./hosted/workflow_start.ts";
import { attendWorkflow, watchWorkflow } from "./hosted/workflow_watch.ts";

const PATH = "/v1/creative-agent/workflows";
const LIST_LIMIT = 20;
const TYPE = { success: true, type: "api-workflow" } as const;

/** Does what the workflow flag asks for. */
export const run: CommandRun = async (context) => {
  const { options, prompt } = context.invocation;
  if (options.apiWorkflow !== undefined) {
    const json = await readStartInput(context);
    return await inSession(context, (session) => start(context, session, json));
  }
  if (options.listWorkflows) return await inSession(context, (session) => list(context, session));
  for (const [action, flag, id] of actionsById(context)) {
    if (id !== undefined) {
      const checked = requireId(id, flag);
      return await inSession(context, (session) => action(context, session, checked));
    }
  }
  const watched = requireId(prompt ?? "", "--watch-workflow");
  return await inSession(context, (session) => stream(context, session, watched));
};

type ActionById = (context: CommandContext, session: HostedSession, id: string) => Promise<number>;

function actionsById(
  { invocation: { options } }: CommandContext,
): (readonly [ActionById, string, string | undefined])[] {
  return [
    [show("get"), "--get-workflow", options.getWorkflow],
    [events, "--workflow-events", options.workflowEvents],
    [stream, "--stream-workflow", options.streamWorkflow],
    [show("cancel"), "--cancel-workflow", options.cancelWorkflow],
    [show("resume"), "--resume-workflow", options.resumeWorkflow],
  ];
}

function requireId(id: string, flag: string): string {
  if (id.trim() !== "") return id.trim();
  throw new AppError("MISSING_WORKFLOW_ID", `${flag} requires a workflow id.`, {
    details: { flag },
    hint: "See the ids with: sogni-agent --list-workflows",
  });
}

async function start(
  context: CommandContext,
  session: HostedSession,
  json: unknown,
): Promise<number> {
  const { report, invocation } = context;
  const started = await startWorkflow(context, session, json);
  const object = { ...TYPE, action: "start", ...started.fields };
  if (!invocation.options.watchWorkflow) {
    await started.entry.leave();
    report.result(object, started.text);
    return 0;
  }
  const id = requireId(workflowId(started.workflow) ?? "", "--watch-workflow");
  // People see the id at once; the one JSON object waits for the end.
  if (!report.style.json) report.result(object, started.text);
  const { output } = invocation.options;
  const { status, record, localPaths } = await started.entry.attend(() =>
    attendWorkflow(context, session, id, output)
  ).catch((error: unknown) => {
    throw nameWorkflow(error, id);
  });
  if (report.style.json) {
    const workflow = { ...started.workflow, status, ...record };
    const saved = record === undefined ? {} : { localPaths };
    report.result({ ...object, workflow, status, ...saved }, []);
  }
  return 0;
}

/** The start went well, so that whatever happens later has to say which workflow goes on. */
function nameWorkflow(error: unknown, workflowId: string): unknown {
  if (!(error instanceof AppError) || error.details?.workflowId !== undefined) return error;
  return new AppError(error.code, error.message, {
    details: { ...error.details, workflowId },
    hint: error.hint ?? `Watch it again with: sogni-agent --stream-workflow ${workflowId}`,
    cause: error,
  });
}

async function list(context: CommandContext, session: HostedSession): Promise<number> {
  const body = await session.client.call({
    method: "GET",
    path: PATH,
    query: { limit: LIST_LIMIT },
    repeat: "safe",
    bySdk: true,
  });
  const workflows = asList(fromEnvelope(body, "workflows") ?? asObject(body).workflows);
  context.report.result(
    { ...TYPE, action: "list", workflows, ...mark(session), raw: rawAnswer(session, body) },
    workflows.map(workflowLine),
  );
  return 0;
}

function show(action: "get" | "cancel" | "resume"): ActionById {
  return async (context, session, id) => {
    const path = `${PATH}/${encodeURIComponent(id)}`;
    // Resuming never goes by the SDK.
    const bySdk = action !== "resume";
    const body = action === "get"
      ? await session.client.call({ method: "GET", path, repeat: "safe", bySdk })
      : await session.client.call({
        method: "POST",
        path: `${path}/${action}`,
        repeat: "never",
        bySdk,
      });
    const workflow = readWorkflow(body);
    const wanted = action === "get" && context.invocation.options.output !== undefined;
    const localPaths = wanted
      ? await saveMedia(context, session, findMediaUrls(workflow.artifacts))
      : [];
    context.report.result({
      ...TYPE,
      action,
      workflow,
      ...(localPaths.length === 0 ? {} : { localPaths }),
      ...mark(session),
      raw: bySdk ? rawAnswer(session, body) : body,
    }, workflowSummary(workflow));
    return 0;
  };
}

async function events(
  context: CommandContext,
  session: HostedSession,
  id: string,
): Promise<number> {
  const path = `${PATH}/${encodeURIComponent(id)}/events`;
  const body = await session.client.call({ method: "GET", path, repeat: "safe", bySdk: true });
  const found = fromEnvelope(body, "events") ?? asObject(body).events ?? [];
  context.report.result({
    ...TYPE,
    action: "events",
    workflowId: id,
    events: found,
    ...mark(session),
    raw: rawAnswer(session, body),
  }, JSON.stringify(found, null, 2));
  return 0;
}

async function stream(
  context: CommandContext,
  session: HostedSession,
  id: string,
): Promise<number> {
  const { report } = context;
  const note = "Events follow on stderr, one line each.";
  try {
    await watchWorkflow(context, session, id, () => {
      if (!report.style.json) return;
      report.result({ ...TYPE, action: "stream", workflowId: id, note, ...mark(session) }, []);
    });
    return 0;
  } catch (error) {
    // The one object is out already: what happens later is told on stderr.
    if (!report.done) throw error;
    const { env, cwd, runtime } = context.host.facts;
    const { lines, exitCode } = describeFailure(error, {
      ...context.failure,
      openclaw: false,
      cwd,
      runtime,
      env,
      now: new Date(),
    });
    for (const line of lines) report.important(line);
    return exitCode;
  }
}

function mark({ sandbox }: HostedSession): Record<string, unknown> {
  return sandbox ? { sandbox: true } : {};
}
