/** Public lists: models, their settings and workers, size presets, LoRAs. */
import { bareJson, failure, success } from "../http/reply.ts";
import type { RouteModule } from "../http/route.ts";
import { sizePresets } from "../models/size_presets.ts";
import { LORAS } from "../models/lora_data.ts";

/** Calls that need no key. */
export const catalogueRoutes: RouteModule = ({ models, clock }) => [
  {
    method: "GET",
    path: "/api/v1/models/list",
    open: true,
    handle: () =>
      bareJson(
        models.all.map(({ id, name, sid, media }) => ({ id, name, SID: sid, tier: id, media })),
      ),
  },
  {
    method: "GET",
    path: "/api/v2/models/tiers",
    open: true,
    handle: () => bareJson(Object.fromEntries(models.all.map(({ id, tier }) => [id, tier]))),
  },
  {
    method: "GET",
    path: "/api/v1/size-presets/network/:network/model/:model",
    open: true,
    handle: ({ params }) => {
      const model = models.find(params.model ?? "");
      if (!model) return failure(404, `Model ${params.model} not found`);
      return bareJson(model.media === "image" ? sizePresets(model.width) : []);
    },
  },
  {
    method: "GET",
    path: "/api/v1/status/network/:network/models",
    open: true,
    handle: () =>
      bareJson(Object.fromEntries(models.all.map(({ id, sid }) => [sid, models.workers(id)]))),
  },
  {
    method: "GET",
    path: "/v1/loras/comfy",
    open: true,
    handle: ({ query }) => {
      const modelId = query.get("modelId");
      const loras = LORAS.filter(({ modelIds }) => modelId === null || modelIds.includes(modelId));
      return success({
        lastUpdated: clock.now(),
        loras,
        models: [...new Set(loras.flatMap(({ modelIds }) => modelIds))].sort(),
        constraints: { maxPerRequest: 8, minStrength: -100, maxStrength: 100 },
      });
    },
  },
];
