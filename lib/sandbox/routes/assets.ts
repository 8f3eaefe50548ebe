/** Saved uploads that can be used again: prepare, PUT, finalize, bind. */
import { createHash, randomUUID } from "node:crypto";
import type { SandboxContext } from "../context.ts";
import { empty, failure, readJsonObject, storageFailure, success } from "../http/reply.ts";
import type { Reply, Route, RouteModule, SandboxRequest } from "../http/route.ts";
import { uploadKey } from "../storage/object_store.ts";
import { STORAGE_PATH } from "../storage/signed_urls.ts";

interface Asset {
  readonly id: string;
  readonly name: string;
  readonly bytes: number;
  readonly contentType: string;
  readonly sha256: string;
  readonly createdAt: number;
  readonly expiresAt: number;
  state: "uploading" | "ready";
  content: Uint8Array | undefined;
}

const IDLE_DAYS = 30;
const DAY = 24 * 60 * 60 * 1000;
const LIMITS = {
  entries: 200,
  bytes: 5 * 1024 ** 3,
  fileBytes: 100 * 1024 ** 2,
  idleDays: IDLE_DAYS,
  copyBytesPerDay: 20 * 1024 ** 3,
  bindingsPerDay: 2000,
};

/** The library of one sandbox; without a subscription only `capabilities` answers. */
export const assetRoutes: RouteModule = (context): Route[] => {
  const library = new Map<string, Asset>();
  const find = (request: SandboxRequest) => library.get(request.params.id ?? "");
  const route = (
    method: Route["method"],
    path: string,
    handle: (request: SandboxRequest) => Reply,
  ): Route => ({
    method,
    path,
    handle: (request) =>
      context.reusableUploads ? handle(request) : failure(403, "Saved uploads are not enabled"),
  });
  return [
    {
      method: "GET",
      path: "/v1/assets/capabilities",
      handle: () => success({ enabled: context.reusableUploads }),
    },
    route(
      "GET",
      "/v1/assets",
      () => success({ assets: [...library.values()].map(describe), limits: LIMITS }),
    ),
    route("POST", "/v1/assets/prepare", (request) => prepare(context, library, request)),
    route("POST", "/v1/assets/:id/finalize", (request) => {
      const asset = find(request);
      if (!asset) return failure(404, "Asset not found");
      if (!asset.content) return failure(409, "The upload is not complete");
      asset.state = "ready";
      return success(describe(asset));
    }),
    route("POST", "/v1/assets/:id/bind", (request) => bind(context, find(request), request)),
    route(
      "DELETE",
      "/v1/assets/:id",
      (request) =>
        library.delete(request.params.id ?? "") ? empty(200) : failure(404, "Asset not found"),
    ),
    {
      method: "PUT",
      path: `${STORAGE_PATH}/assets/:id`,
      open: true,
      handle: (request) => receive(context, find(request), request),
    },
  ];
};

function prepare(
  context: SandboxContext,
  library: Map<string, Asset>,
  request: SandboxRequest,
): Reply {
  const { sha256, bytes, contentType, name } = readJsonObject(request) ?? {};
  if (
    typeof sha256 !== "string" || !/^[0-9a-f]{64}$/.test(sha256) || typeof bytes !== "number" ||
    typeof contentType !== "string"
  ) return failure(400, "sha256, bytes and contentType are required");
  const known = [...library.values()].find((asset) =>
    asset.sha256 === sha256 && asset.state === "ready"
  );
  if (known) return success({ ...describe(known), reused: true });
  const now = context.clock.now();
  const asset: Asset = {
    id: randomUUID(),
    name: typeof name === "string" ? name : "upload",
    bytes,
    contentType,
    sha256,
    createdAt: now,
    expiresAt: now + IDLE_DAYS * DAY,
    state: "uploading",
    content: undefined,
  };
  library.set(asset.id, asset);
  return success({
    ...describe(asset),
    reused: false,
    uploadUrl: context.urls.sign({ method: "PUT", key: `assets/${asset.id}`, contentType }),
    uploadHeaders: { "Content-Type": contentType, "If-None-Match": "*" },
  });
}

function receive(
  context: SandboxContext,
  asset: Asset | undefined,
  request: SandboxRequest,
): Reply {
  if (!asset) return storageFailure(404, "NoSuchKey", "The upload is unknown.");
  if (context.urls.check("PUT", `assets/${asset.id}`, request.query)) {
    return storageFailure(403, "AccessDenied", "The URL does not permit this upload.");
  }
  if (
    request.headers["content-type"] !== asset.contentType ||
    request.headers["if-none-match"] !== "*"
  ) return storageFailure(403, "SignatureDoesNotMatch", "A signed header is missing.");
  if (asset.content) return storageFailure(412, "PreconditionFailed", "Already uploaded.");
  const sum = createHash("sha256").update(request.body).digest("hex");
  if (sum !== asset.sha256 || request.body.byteLength !== asset.bytes) {
    return storageFailure(400, "BadDigest", "The bytes are not the ones announced.");
  }
  asset.content = request.body;
  return empty(200);
}

function bind(context: SandboxContext, asset: Asset | undefined, request: SandboxRequest): Reply {
  if (!asset?.content || asset.state !== "ready") return failure(404, "Asset not found");
  const { projectId, type, id } = readJsonObject(request) ?? {};
  if (typeof projectId !== "string" || typeof type !== "string") {
    return failure(400, "projectId and type are required");
  }
  // The client names numbered references in the id, pictures by their slot.
  const slot = typeof id === "string" && id.startsWith(type) ? id : type;
  context.store.put(uploadKey(projectId, slot), {
    bytes: asset.content,
    contentType: asset.contentType,
    projectId: projectId.toUpperCase(),
  });
  return success({});
}

function describe(asset: Asset): Record<string, unknown> {
  const { id, name, bytes, contentType, state, createdAt, expiresAt } = asset;
  return { id, name, bytes, contentType, state, createdAt, expiresAt };
}
