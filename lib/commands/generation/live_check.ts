/**
 * Holds what was asked for against what the service offers now. The built-in tables are the floor:
 * offline, or when a look-up fails, nothing changes.
 */
import { type AskedValue, liveProblem } from "../../catalog/live_model.ts";
import { findModel } from "../../catalog/models.ts";
import type { Options } from "../../cli/flags/table.ts";
import { AppError } from "../../errors/app_error.ts";
import type { Plan } from "../../plan/types.ts";
import type { GenerationService } from "../../service/types.ts";
import {
  type CachedModel,
  cacheModel,
  type ModelKey,
  readCachedModel,
} from "../../store/model_cache.ts";
import type { StatePaths } from "../../store/paths.ts";
import type { CommandContext } from "../context.ts";
import type { Access } from "./connection.ts";

/** Asked before money is spent, with the service at hand. */
export type LiveCheck = (service: Pick<GenerationService, "model" | "workers">) => Promise<void>;

/**
 * Checks against a fresh answer of an earlier call at once; without one the returned check asks.
 *
 * @throws AppError INVALID_ARGUMENT for a value that the model does not take now
 */
export async function checkLiveModel(
  context: CommandContext,
  plan: Plan,
  paths: StatePaths,
  access: Access,
): Promise<LiveCheck> {
  const { host, invocation } = context;
  const key: ModelKey = {
    path: paths.models,
    service: access.service.restEndpoint,
    modelId: plan.model,
  };
  const asked = askedValues(invocation.options, plan);
  const check = (known: CachedModel) => {
    const problem = liveProblem(plan.model, known.model, asked);
    if (problem) throw problem;
    if (known.workers === 0) {
      context.report.warn(
        `no worker serves ${plan.model} at the moment, so this may take a while.`,
      );
    }
  };
  // Each sandbox is a new one on a port of its own.
  const cached = access.sandbox ? undefined : await readCachedModel(host, key, Date.now());
  if (cached) {
    check(cached);
    return () => Promise.resolve();
  }
  return async (service) => {
    const [model, workers] = await Promise.all([
      service.model(plan.model).catch((error: unknown) => {
        throw unavailable(error, plan.model);
      }),
      access.sandbox ? undefined : service.workers(plan.model, plan.network),
    ]);
    if (!model) return;
    const known = { model, ...(workers === undefined ? {} : { workers }) };
    if (!access.sandbox) await cacheModel(host, key, known, Date.now());
    check(known);
  };
}

/** A model of our tables that the service does not list is away, not unknown. */
function unavailable(error: unknown, model: string): unknown {
  if (!(error instanceof AppError)) return error;
  if (!findModel(model)) {
    return new AppError(error.code, error.message, {
      details: { ...error.details, model },
      ...(error.hint === undefined ? {} : { hint: error.hint }),
      cause: error,
    });
  }
  return new AppError("MODEL_UNAVAILABLE", `The service does not offer ${model} at the moment.`, {
    details: { model },
    hint: "Try again later, or choose another model with --model.",
    cause: error,
  });
}

/** Values that stand on the command line; our own defaults are the service's business. */
function askedValues(options: Options, { medium, projects }: Plan): AskedValue[] {
  const params = projects[0]?.params;
  const film = medium === "video";
  const music = medium === "music";
  const given: [flag: string, name: string, value: string | number | undefined][] = [
    ["--steps", "steps", options.steps],
    ["--guidance", "guidance", options.guidance],
    ["--sampler", "sampler", options.sampler],
    ["--scheduler", "scheduler", options.scheduler],
    ["--fps", "fps", film && options.fps !== undefined ? params?.fps : undefined],
    ["--width", "width", film && options.width !== undefined ? params?.width : undefined],
    ["--height", "height", film && options.height !== undefined ? params?.height : undefined],
    ["--duration", "duration", music ? options.duration : undefined],
    ["--bpm", "bpm", options.bpm],
    ["--prompt-strength", "promptStrength", options.promptStrength],
    ["--creativity", "creativity", options.creativity],
    ["--music-shift", "shift", options.musicShift],
  ];
  return given.flatMap(([flag, name, value]) => value === undefined ? [] : [{ flag, name, value }]);
}
