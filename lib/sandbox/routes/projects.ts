/** Records of projects (API host) and the snapshots for recovery (socket host). */
import type { SandboxContext } from "../context.ts";
import { bareJson, failure, success } from "../http/reply.ts";
import type { Reply, RouteModule } from "../http/route.ts";
import { isFinished, type Project } from "../jobs/project.ts";
import { projectRecord, projectStatus, recoveredProject } from "../jobs/records.ts";

/** Project look-ups. */
export const projectRoutes: RouteModule = (context) => [
  {
    method: "GET",
    path: "/v1/projects/:id",
    handle: ({ params }) => {
      const project = context.projects.find(params.id ?? "");
      return project && isFinished(project)
        ? success({ project: projectRecord(project, context) })
        : notFound();
    },
  },
  {
    method: "GET",
    path: "/v2/projects/:id",
    handle: ({ params }) => {
      const project = context.projects.find(params.id ?? "");
      return project ? success({ project: projectStatus(project, context) }) : notFound();
    },
  },
  {
    method: "GET",
    path: "/api/v1/artist/projects/active",
    handle: () => bareJson({ projects: context.projects.active().map(recoveredProject) }),
  },
  {
    method: "GET",
    path: "/api/v1/artist/projects/sync",
    handle: ({ query }) => bareJson(snapshot(context, query.get("appId") ?? undefined)),
  },
];

/** Read-only: what is listed here is still handed out by the next greeting. */
function snapshot(context: SandboxContext, appId: string | undefined): Record<string, unknown> {
  const tell = (projects: Project[]) => projects.map(recoveredProject);
  return {
    activeProjects: tell(context.projects.active(appId)),
    unclaimedCompletedProjects: tell(context.projects.unclaimed(appId)),
    serverTime: context.clock.now(),
  };
}

function notFound(): Reply {
  return failure(404, "Project not found", 404);
}
