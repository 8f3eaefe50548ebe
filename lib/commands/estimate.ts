/** `--estimate`: what a job would cost, priced by the service and sent nowhere. */
import { planGeneration } from "../plan/plan.ts";
import type { Plan } from "../plan/types.ts";
import { createSdkService, preloadSdk } from "../service/sdk_service.ts";
import type { Estimate } from "../service/types.ts";
import type { CommandRun } from "./context.ts";
import { announce } from "./generate.ts";
import { priceOf } from "./generation/before_submit.ts";
import { findAccess } from "./generation/connection.ts";
import { gatherInput } from "./generation/gather.ts";
import { loadSettings } from "./generation/settings.ts";

/** Prices exactly the job that the command line describes. */
export const run: CommandRun = async (context) => {
  preloadSdk();
  const settings = await loadSettings(context);
  const plan = planGeneration(await gatherInput(context, settings));
  announce(context, plan);
  const access = await findAccess({ context, ...settings, network: plan.network });
  const service = createSdkService({ ...access.service, appId: "rest-only", restOnly: true });
  await service.connect();
  try {
    const price = await priceOf(service, plan);
    const estimate = { token: price[plan.tokenType], ...price };
    context.report.result(
      {
        success: true,
        ...(plan.medium === "video" ? videoFacts(plan) : mediaFacts(plan)),
        estimate,
        ...(access.sandbox ? { sandbox: true } : {}),
        timestamp: new Date().toISOString(),
      },
      `Estimated cost: ${isUnknown(price) ? "unknown" : JSON.stringify(estimate)}`,
    );
    return 0;
  } finally {
    await service.close();
  }
};

function videoFacts({ model, tokenType, pricing, projects }: Plan): Record<string, unknown> {
  const params = projects[0]?.params;
  return {
    type: "video-cost",
    model,
    width: pricing?.width ?? params?.width ?? null,
    height: pricing?.height ?? params?.height ?? null,
    fps: pricing?.fps ?? params?.fps ?? null,
    frames: pricing?.frames ?? null,
    duration: pricing?.duration ?? params?.duration ?? null,
    steps: pricing?.steps ?? null,
    tokenType,
    count: pricing?.count ?? projects.length,
  };
}

function mediaFacts(plan: Plan): Record<string, unknown> {
  const { medium, model, tokenType, projects, later = [] } = plan;
  const params = projects[0]?.params;
  const size = medium === "music"
    ? { duration: params?.duration ?? null }
    : { width: params?.width ?? null, height: params?.height ?? null };
  return {
    type: "cost",
    medium,
    model,
    ...size,
    steps: params?.steps ?? null,
    tokenType,
    count: projects.reduce((sum, project) => sum + project.params.numberOfMedia, 0),
    // Part of the price: clips that are made of the pictures.
    ...(later[0] ? { film: { model: later[0].params.modelId, count: later.length } } : {}),
  };
}

/** Not the same as free: the service did not say. */
function isUnknown(price: Estimate): boolean {
  return price.spark === null && price.sogni === null && price.usd === null;
}
