/** The object store behind presigned URLs: PUT and POST for uploads, GET (with ranges) for results. */
import type { SandboxContext } from "../context.ts";
import type { Occasion } from "../faults/fault_book.ts";
import { byteRange } from "../http/byte_range.ts";
import { empty, storageFailure } from "../http/reply.ts";
import type { Reply, Route, RouteModule, SandboxRequest } from "../http/route.ts";
import { resultKey, type StoredObject, uploadKey } from "../storage/object_store.ts";
import { spoilDownload } from "./spoilt_download.ts";
import { STORAGE_PATH } from "../storage/signed_urls.ts";

const MAX_UPLOAD_BYTES = 1024 * 1024 * 1024;

/** Routes of the store; they need no key, since the URL itself is the permission. */
export const storageRoutes: RouteModule = (context): Route[] => [
  {
    method: "PUT",
    path: `${STORAGE_PATH}/uploads/:project/:slot`,
    open: true,
    handle: (request) => receive(context, request),
  },
  {
    method: "POST",
    path: `${STORAGE_PATH}/uploads/:project/:slot`,
    open: true,
    handle: (request) => receiveForm(context, request),
  },
  {
    method: "GET",
    path: `${STORAGE_PATH}/uploads/:project/:slot`,
    open: true,
    handle: (request) => deliver(context, request, keyOfUpload(request)),
  },
  {
    method: "GET",
    path: `${STORAGE_PATH}/results/:project/:image/:type`,
    open: true,
    handle: (request) => deliver(context, request, keyOfResult(request)),
  },
];

async function receive(context: SandboxContext, request: SandboxRequest): Promise<Reply> {
  const key = keyOfUpload(request);
  const refused = refuse(context, request, key);
  if (refused) return refused;
  const at: Occasion = { path: request.path, method: request.method, job: context.projects.next() };
  if (context.faults.strike("stallUpload", at)) await context.clock.forever(request.signal);
  const bad = context.faults.strike("badUpload", at);
  if (bad) return storageFailure(bad.status ?? 500, "InternalError", "The upload failed.");
  const type = request.headers["content-type"] ?? "application/octet-stream";
  const signed = request.query.get("contentType");
  if (signed !== null && signed !== type) {
    return storageFailure(403, "SignatureDoesNotMatch", "The content type was not signed.");
  }
  if (request.body.byteLength > MAX_UPLOAD_BYTES) {
    return storageFailure(400, "EntityTooLarge", "The upload is too large.");
  }
  context.store.put(key, {
    bytes: request.body,
    contentType: type,
    projectId: (request.params.project ?? "").toUpperCase(),
  });
  return { ...empty(200), headers: { etag: etag(request.body) } };
}

/** A form: the signed fields first, the file as its last part. */
async function receiveForm(context: SandboxContext, request: SandboxRequest): Promise<Reply> {
  const headers = { "content-type": request.headers["content-type"] ?? "" };
  const form = await new Response(request.body, { headers }).formData().catch(() => undefined);
  const parts = form ? [...form.entries()] : [];
  const [name, file] = parts.at(-1) ?? [];
  if (name !== "file" || !(file instanceof Blob)) {
    return storageFailure(
      400,
      "MalformedPOSTRequest",
      "The last part of the form must be the file.",
    );
  }
  if (form?.get("key") !== keyOfUpload(request)) {
    return storageFailure(403, "AccessDenied", "The form does not hold the signed key.");
  }
  const body = new Uint8Array(await file.arrayBuffer());
  const type = form.get("Content-Type") ?? file.type;
  const answer = await receive(context, {
    ...request,
    body,
    headers: { ...request.headers, "content-type": String(type) },
  });
  return answer.status === 200 ? { ...answer, status: 204 } : answer;
}

function deliver(context: SandboxContext, request: SandboxRequest, key: string): Reply {
  const refused = refuse(context, request, key);
  if (refused) return refused;
  const object = context.store.get(key);
  if (!object) return storageFailure(404, "NoSuchKey", "The specified key does not exist.");
  const at = { ...context.projects.occasion(object.projectId), ...occasionOf(object, request) };
  const { faults, clock } = context;
  return spoilDownload(faults, clock, at, serve(object, request), request.signal);
}

function refuse(context: SandboxContext, request: SandboxRequest, key: string): Reply | undefined {
  const refusal = context.urls.check(request.method, key, request.query);
  if (refusal === undefined) return undefined;
  return refusal === "expired"
    ? storageFailure(403, "AccessDenied", "Request has expired")
    : storageFailure(403, "SignatureDoesNotMatch", "The signature does not match.");
}

function serve(object: StoredObject, request: SandboxRequest): Reply {
  const size = object.bytes.byteLength;
  const headers = {
    "content-type": object.contentType,
    "accept-ranges": "bytes",
    "etag": etag(object.bytes),
  };
  const range = byteRange(request.headers.range, size);
  if (range === undefined) {
    return {
      status: 200,
      headers: { ...headers, "content-length": String(size) },
      body: object.bytes,
    };
  }
  if (range === "unsatisfiable") {
    return { ...empty(416), headers: { ...headers, "content-range": `bytes */${size}` } };
  }
  const part = object.bytes.subarray(range.start, range.end + 1);
  return {
    status: 206,
    headers: {
      ...headers,
      "content-range": `bytes ${range.start}-${range.end}/${size}`,
      "content-length": String(part.byteLength),
    },
    body: part,
  };
}

function occasionOf(object: StoredObject, request: SandboxRequest): Occasion {
  return {
    path: request.path,
    method: request.method,
    ...(object.output === undefined ? {} : { output: object.output }),
  };
}

function keyOfUpload(request: SandboxRequest): string {
  return uploadKey(request.params.project ?? "", request.params.slot ?? "");
}

function keyOfResult(request: SandboxRequest): string {
  const { project = "", image = "", type = "" } = request.params;
  return resultKey(project, image, type);
}

/** Length and a sum over both ends are enough to tell the objects of one sandbox apart. */
function etag(bytes: Uint8Array): string {
  let sum = 0;
  for (const part of [bytes.subarray(0, 4096), bytes.subarray(-4096)]) {
    for (const byte of part) sum = (Math.imul(sum, 31) + byte) >>> 0;
  }
  return `"${bytes.byteLength.toString(16)}-${sum.toString(16)}"`;
}
