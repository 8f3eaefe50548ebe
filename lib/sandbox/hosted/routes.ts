/** The routes of the hosted API. */
import type { RouteModule } from "../http/route.ts";
import { chatRoutes } from "./chat_routes.ts";
import { modelRoutes } from "./model_routes.ts";
import { replayRoutes } from "./replay_routes.ts";
import { runRoutes } from "./run_routes.ts";
import { workflowRoutes } from "./workflow_routes.ts";

/** Chat, durable runs, workflows, replay records, language models. */
export const HOSTED_ROUTES: readonly RouteModule[] = [
  chatRoutes,
  runRoutes,
  workflowRoutes,
  replayRoutes,
  modelRoutes,
];
