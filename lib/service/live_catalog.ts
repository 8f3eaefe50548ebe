/** Asks the service what it offers now: the settings of a model, and how many workers serve it. */
import type { SogniClient } from "@sogni-ai/sogni-client";
import { type LiveModel, readLiveModel } from "../catalog/live_model.ts";
import { AppError } from "../errors/app_error.ts";
import { withDeadline } from "./deadline.ts";
import { mapServiceError } from "./error_map.ts";

const TIMEOUT_MS = 10_000;
/** Nothing depends on it, so nothing waits long for it. */
const WORKERS_TIMEOUT_MS = 3000;

/**
 * The settings of a model. The client asks for them anyway before it sends a project, and keeps the
 * answer, so that nothing is asked twice.
 *
 * @returns `undefined` when the service did not answer
 * @throws AppError MODEL_NOT_FOUND when it does not offer the model
 */
export async function askModel(
  client: Pick<SogniClient, "projects">,
  modelId: string,
): Promise<LiveModel | undefined> {
  const late = () =>
    new AppError("NETWORK_TIMEOUT", "The service did not tell its models in time.");
  try {
    return readLiveModel(
      await withDeadline(client.projects.getModelOptions(modelId), TIMEOUT_MS, late),
    );
  } catch (error) {
    const mapped = mapServiceError(error, "CONNECTION_FAILED");
    if (mapped.code === "MODEL_NOT_FOUND") throw mapped;
    return undefined;
  }
}

/** Workers that serve a model at the moment; `undefined` when the service did not say. */
export async function askWorkers(
  client: Pick<SogniClient, "projects">,
  modelId: string,
  network: "fast" | "relaxed",
): Promise<number | undefined> {
  const late = () =>
    new AppError("NETWORK_TIMEOUT", "The service did not tell its workers in time.");
  try {
    const listed = await withDeadline(
      client.projects.getAvailableModels(network),
      WORKERS_TIMEOUT_MS,
      late,
    );
    return listed.find(({ id }) => id === modelId)?.workerCount;
  } catch {
    return undefined;
  }
}
