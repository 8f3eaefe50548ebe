/** Takes a `jobRequest` in: checks, reserves the money, and sets the project going. */
import { priceWork } from "../account/prices.ts";
import type { SandboxContext } from "../context.ts";
import type { ModelEntry } from "../models/model_list.ts";
import type { Hub } from "../socket/hub.ts";
import { errorFrame, type WireError } from "./failures.ts";
import { type JobRequest, readJobRequest, resultSize } from "./job_request.ts";
import { runProject } from "./life.ts";
import { createProject, occasionOf, reservedFor } from "./project.ts";

/** Code of a refusal for lack of money; clients go by the word in the message. */
const INSUFFICIENT_BALANCE = 4024;
const SERVER_RESTARTING = 1001;
const CLOSE_SERVICE_RESTART = 1012;

/**
 * Admits the project, or refuses it with a `jobError` for the whole project.
 * @param data payload of the frame
 */
export function admit(context: SandboxContext, hub: Hub, appId: string, data: unknown): void {
  const request = readJobRequest(data);
  // A request that was sent again after a reconnect is the same project.
  if (!request || context.projects.find(request.id)) return;
  const number = context.projects.next();
  const at = { ...occasionOf({ number, request }), phase: "request" as const };
  if (context.faults.strike("loseRequest", at)) return;
  const refuse = (wire: WireError) =>
    void hub.send(appId, "jobError", errorFrame(request.id, wire));
  if (context.faults.strike("restart", at)) {
    refuse({ code: SERVER_RESTARTING, message: "The server is restarting." });
    return hub.dropAll(CLOSE_SERVICE_RESTART, "restarting");
  }
  const drop = context.faults.strike("dropSocket", at);
  if (drop) hub.drop(appId, drop.closeCode, drop.reason);
  const scripted = context.faults.strike("error", at);
  if (scripted) {
    return refuse({
      code: scripted.code ?? 5000,
      message: scripted.message ?? "The sandbox was told to refuse this.",
      ...(scripted.fields ? { fields: scripted.fields } : {}),
    });
  }
  const model = context.models.find(request.modelId);
  if (!model) {
    return refuse({ code: "modelNotFound", message: `Model ${request.modelId} not found` });
  }
  const missing = request.slots.find((slot) => !context.store.uploads(request.id).has(slot));
  if (missing) {
    return refuse({ code: "missingAsset", message: `The upload for ${missing} is missing` });
  }
  const price = priceRequest(request, model);
  const needed = reservedFor({ price, request });
  if (!context.ledger.reserve(request.tokenType, needed)) {
    const available = context.ledger.available(request.tokenType);
    return refuse({
      code: INSUFFICIENT_BALANCE,
      message:
        `insufficient balance: ${needed} ${request.tokenType} needed, ${available} available`,
    });
  }
  const project = createProject({
    number,
    appId,
    request,
    model,
    price,
    now: context.clock.now(),
  });
  context.projects.add(project);
  // A stall right after admission: the project exists and nothing is heard of it.
  if (context.faults.strike("stall", at)) return;
  void runProject(context, hub, project);
}

function priceRequest(request: JobRequest, model: ModelEntry) {
  const size = resultSize(request, model);
  return priceWork({
    model,
    count: request.count,
    steps: request.steps,
    width: size.width,
    height: size.height,
    frames: request.frames,
    fps: request.fps,
    duration: request.duration,
    previews: request.previews,
    contextImages: request.slots.filter((slot) => slot.startsWith("contextImage")).length,
    hasControlNet: request.slots.includes("cnImage"),
    quality: request.quality,
  });
}
