/** Replay records. */
import { failure, isObject, readJsonObject, success } from "../http/reply.ts";
import type { RouteModule } from "../http/route.ts";

const PATH = "/v1/replay/records";

interface Stored {
  readonly record: Readonly<Record<string, unknown>>;
  readonly createTime: number;
}

/** List, record, ingest. */
export const replayRoutes: RouteModule = (context) => {
  const records = new Map<string, Stored>();
  return [
    {
      method: "GET",
      path: PATH,
      handle: ({ query }) => {
        const limit = Number(query.get("limit") ?? 50);
        return success({ records: [...records.values()].reverse().slice(0, limit).map(summary) });
      },
    },
    {
      method: "GET",
      path: `${PATH}/:id`,
      handle: ({ params }) => {
        const stored = records.get(params.id ?? "");
        return stored ? success(stored) : failure(404, "Replay record not found");
      },
    },
    {
      method: "POST",
      path: PATH,
      handle: (request) => {
        const record = readJsonObject(request);
        if (!record || typeof record.run_id !== "string") return failure(422, "run_id is required");
        const createTime = context.clock.now();
        records.set(record.run_id, { record, createTime });
        return success({
          runId: record.run_id,
          schemaVersion: record.schema_version ?? 1,
          redacted: record.redacted === true,
          createTime,
          updateTime: createTime,
        }, 201);
      },
    },
  ];
};

function summary({ record, createTime }: Stored): Record<string, unknown> {
  return {
    runId: record.run_id,
    schemaVersion: record.schema_version ?? 1,
    createTime,
    updateTime: createTime,
    rounds: Array.isArray(record.rounds) ? record.rounds.length : 0,
    ...(record.user_request === undefined ? {} : { userRequest: record.user_request }),
    ...(record.model_id === undefined ? {} : { modelId: record.model_id }),
    ...(isObject(record.final_response) ? { finalResponse: record.final_response } : {}),
  };
}
