/** The routes of direct generation, in the order in which they are tried. */
import type { RouteModule } from "../http/route.ts";
import { accountRoutes } from "./account.ts";
import { assetRoutes } from "./assets.ts";
import { catalogueRoutes } from "./catalogue.ts";
import { estimateRoutes } from "./estimates.ts";
import { mediaUrlRoutes } from "./media_urls.ts";
import { projectRoutes } from "./projects.ts";
import { storageRoutes } from "./storage.ts";

/** Everything but the hosted parts, which are added by `SandboxOptions.routes`. */
export const DIRECT_ROUTES: readonly RouteModule[] = [
  accountRoutes,
  mediaUrlRoutes,
  storageRoutes,
  assetRoutes,
  projectRoutes,
  catalogueRoutes,
  estimateRoutes,
];
