/** Language models. */
import { bareJson, failure } from "../http/reply.ts";
import type { RouteModule } from "../http/route.ts";

const MODELS = [
  { id: "qwen3.6-35b-a3b-gguf-iq4xs", contextLength: 32_768, vision: true },
  { id: "sandbox-small", contextLength: 8192, vision: false },
].map((model) => ({ ...model, object: "model", owned_by: "sogni", sandbox: true }));

/** The list, and one of it. */
export const modelRoutes: RouteModule = () => [
  { method: "GET", path: "/v1/models", handle: () => bareJson({ object: "list", data: MODELS }) },
  {
    method: "GET",
    path: "/v1/models/:id",
    handle: ({ params }) => {
      const model = MODELS.find(({ id }) => id === params.id);
      return model ? bareJson(model) : failure(404, "Model not found");
    },
  },
];
