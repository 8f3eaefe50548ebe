/** `--list-api-models`, `--get-api-model`: the language models of the hosted API. */
import { asList, asObject, fromEnvelope, textAt } from "../service/hosted/read.ts";
import { singleLine } from "../text/control.ts";
import { invalidArgument } from "../errors/app_error.ts";
import type { CommandRun } from "./context.ts";
import { inSession } from "./hosted/session.ts";

/** Lists the models, or shows one. */
export const run: CommandRun = (context) => {
  const { options } = context.invocation;
  const id = options.getApiModel;
  if (id !== undefined && id.trim() === "") {
    throw invalidArgument("--get-api-model requires a model id.", { flag: "--get-api-model" });
  }
  return inSession(context, async ({ client, sandbox }) => {
    const path = id === undefined ? "/v1/models" : `/v1/models/${encodeURIComponent(id)}`;
    const raw = await client.call({ method: "GET", path, repeat: "safe" });
    const mark = sandbox ? { sandbox: true } : {};
    if (id !== undefined) {
      const object = { success: true, type: "api-models", action: "get", model: raw, raw, ...mark };
      context.report.result(object, JSON.stringify(raw, null, 2));
      return 0;
    }
    const models = readModels(raw);
    const object = { success: true, type: "api-models", action: "list", models, raw, ...mark };
    context.report.result(object, models.map(modelLine));
    return 0;
  });
};

function readModels(body: unknown): readonly unknown[] {
  const { data, models } = asObject(body);
  return Array.isArray(data) ? data : asList(fromEnvelope(body, "models") ?? models);
}

function modelLine(value: unknown): string {
  const model = asObject(value);
  const cells = [textAt(model, "id", "modelId", "name"), textAt(model, "owned_by", "displayName")];
  return cells.map((cell) => singleLine(cell ?? "-")).join("\t");
}
