/** Presigned URLs for uploads and results. */
import type { SandboxContext } from "../context.ts";
import { failure, success } from "../http/reply.ts";
import type { Reply, Route, RouteModule, SandboxRequest } from "../http/route.ts";
import { resultKey, uploadKey } from "../storage/object_store.ts";

const IMAGE_SLOTS = [
  "startingImage",
  "cnImage",
  "referenceImage",
  "referenceImageEnd",
  "referenceMask",
  ...Array.from({ length: 16 }, (_, index) => `contextImage${index + 1}`),
];
const MEDIA_SLOTS = ["referenceAudio", "referenceVideo"];

/** The calls that mint URLs: version 1 puts the bytes, version 2 posts a form. */
export const mediaUrlRoutes: RouteModule = (context) =>
  ([1, 2] as const).flatMap((version): Route[] => [
    {
      method: "GET",
      path: `/v${version}/image/uploadUrl`,
      handle: (request) => mintUpload(context, request, IMAGE_SLOTS, "imageId", version),
    },
    {
      method: "GET",
      path: `/v${version}/media/uploadUrl`,
      handle: (request) => mintUpload(context, request, MEDIA_SLOTS, "id", version),
    },
    {
      method: "GET",
      path: `/v${version}/image/downloadUrl`,
      handle: (request) => mintDownload(context, request, "imageId"),
    },
    {
      method: "GET",
      path: `/v${version}/media/downloadUrl`,
      handle: (request) => mintDownload(context, request, "id"),
    },
  ]);

function mintUpload(
  context: SandboxContext,
  request: SandboxRequest,
  slots: readonly string[],
  idName: "imageId" | "id",
  version: 1 | 2,
): Reply {
  const projectId = request.query.get("jobId");
  const type = request.query.get("type");
  const id = request.query.get(idName);
  if (!projectId || !type) return missing(!projectId ? "jobId" : "type");
  if (!slots.includes(type)) {
    return failure(400, `type must be one of ${slots.join(", ")} (got ${type})`);
  }
  // Films with several references number them in the id; a picture's id says nothing.
  const slot = idName === "id" && id?.startsWith(type) ? id : type;
  const contentType = request.query.get("contentType") ?? undefined;
  const key = uploadKey(projectId, slot);
  if (version === 1) {
    return success({ uploadUrl: context.urls.sign({ method: "PUT", key, contentType }) });
  }
  const url = context.urls.sign({ method: "POST", key, contentType });
  return success({ url, fields: { key, "Content-Type": contentType ?? null } });
}

function mintDownload(
  context: SandboxContext,
  request: SandboxRequest,
  idName: "imageId" | "id",
): Reply {
  const projectId = request.query.get("jobId");
  const id = request.query.get(idName);
  if (!projectId || !id) return missing(!projectId ? "jobId" : idName);
  const type = request.query.get("type") ?? "complete";
  const key = IMAGE_SLOTS.includes(type) || MEDIA_SLOTS.includes(type)
    ? uploadKey(projectId, type)
    // Previews are not kept: the finished picture stands for them.
    : resultKey(projectId, id, "complete");
  return success({ downloadUrl: context.urls.sign({ method: "GET", key }) });
}

function missing(name: string): Reply {
  return failure(400, `${name} is required`);
}
