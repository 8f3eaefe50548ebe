/** `--list-replays`, `--get-replay`, `--ingest-replay`: records of past agent runs. */
import { AppError, invalidArgument } from "../errors/app_error.ts";
import {
  asList,
  asNumber,
  asObject,
  fromEnvelope,
  isObject,
  textAt,
} from "../service/hosted/read.ts";
import type { HostedClient } from "../service/hosted/client.ts";
import { singleLine } from "../text/control.ts";
import { redactReplay } from "../text/redact_payload.ts";
import type { CommandContext, CommandRun } from "./context.ts";
import { readJsonArgument } from "./hosted/json_argument.ts";
import { inSession } from "./hosted/session.ts";

const PATH = "/v1/replay/records";
const LIMIT = 50;

/** Lists, shows or sends records; secrets are taken out unless `--skip-redact`. */
export const run: CommandRun = async (context) => {
  const { options } = context.invocation;
  if (options.ingestReplay !== undefined) return await ingest(context, options.ingestReplay);
  if (options.getReplay !== undefined) return await get(context, options.getReplay);
  const limit = typeof options.listReplays === "number" ? options.listReplays : LIMIT;
  return await inSession(context, ({ client, sandbox }) => list(context, client, limit, sandbox));
};

async function list(
  context: CommandContext,
  client: HostedClient,
  limit: number,
  sandbox: boolean,
): Promise<number> {
  const body = await client.call({ method: "GET", path: PATH, query: { limit }, repeat: "safe" });
  const { redact, redacted } = redaction(context);
  const records = asList(fromEnvelope(body, "records") ?? asObject(body).records).map(redact);
  context.report.result({
    success: true,
    type: "api-replay",
    action: "list",
    records,
    redacted,
    ...(sandbox ? { sandbox: true } : {}),
  }, records.map(recordLine));
  return 0;
}

function get(context: CommandContext, runId: string): Promise<number> {
  if (runId.trim() === "") {
    throw invalidArgument("--get-replay requires a run id.", { flag: "--get-replay" });
  }
  return inSession(context, async ({ client, sandbox }) => {
    const path = `${PATH}/${encodeURIComponent(runId)}`;
    const body = await client.call({ method: "GET", path, repeat: "safe" });
    const { redact, redacted } = redaction(context);
    const record = redact(fromEnvelope(body, "record") ?? asObject(body).record ?? body);
    context.report.result({
      success: true,
      type: "api-replay",
      action: "get",
      runId,
      record,
      redacted,
      ...(sandbox ? { sandbox: true } : {}),
    }, JSON.stringify(record, null, 2));
    return 0;
  });
}

async function ingest(context: CommandContext, argument: string): Promise<number> {
  const flag = "--ingest-replay";
  const record = await readJsonArgument(context.host, argument, flag, "INVALID_REPLAY_INPUT");
  if (!isObject(record) || typeof record.run_id !== "string" || record.run_id === "") {
    throw new AppError("INVALID_REPLAY_INPUT", `${flag} must be a JSON object with a "run_id".`, {
      details: { flag },
    });
  }
  return await inSession(context, async ({ client, sandbox }) => {
    const sent = redaction(context).redact(record);
    const body = await client.call({ method: "POST", path: PATH, body: sent, repeat: "never" });
    const { data } = asObject(body);
    const result = isObject(data) ? data : asObject(body);
    context.report.result({
      success: true,
      type: "api-replay",
      action: "ingest",
      result,
      ...(sandbox ? { sandbox: true } : {}),
    }, `Replay record: ${textAt(result, "runId", "run_id") ?? record.run_id}`);
    return 0;
  });
}

function redaction(
  { invocation }: CommandContext,
): { redact: (value: unknown) => unknown; redacted: boolean } {
  const skip = invocation.options.skipRedact === true;
  return { redact: (value) => skip ? value : redactReplay(value), redacted: !skip };
}

function recordLine(value: unknown): string {
  const record = asObject(value);
  const rounds = Array.isArray(record.rounds) ? record.rounds.length : asNumber(record.rounds);
  const cells = [
    textAt(record, "runId", "run_id") ?? "-",
    textAt(record, "modelId", "model_id") ?? "-",
    rounds === undefined ? "-" : String(rounds),
    textAt(record, "userRequest", "user_request") ?? "",
  ];
  return cells.map(singleLine).join("\t");
}
