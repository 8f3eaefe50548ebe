/** Putting references where the service can read them. */
import { AppError } from "../../errors/app_error.ts";
import { isLocalAddress } from "../../net/address.ts";
import { globalTransport } from "../../net/fetch.ts";
import type { FileBody } from "../../platform/file_body.ts";
import { bareHost, checkUrl, parseUrl } from "../../net/url_guard.ts";
import type { HostedClient } from "./client.ts";
import { asObject, asText, fromEnvelope } from "./read.ts";
import { type Reference, storageType } from "./references.ts";

/** A reference in storage. */
export interface StoredMedia {
  /** Signed, good for a while. */
  readonly url: string;
  readonly jobId: string;
  readonly type: string;
}

/** What an upload needs. */
export interface UploadRequest {
  readonly client: HostedClient;
  readonly reference: Reference;
  readonly mimeType: string;
  /** A `FileBody` is read while it is sent. */
  readonly bytes: Uint8Array<ArrayBuffer> | FileBody;
  /** Epoch milliseconds, for the job id. */
  readonly now: number;
  /** Eight hexadecimal digits, for the job id. */
  readonly random: string;
  /** 2: a form is posted, as references of direct vendor jobs need it. Default 1: bytes are put. */
  readonly version?: 1 | 2;
}

/** Where the bytes go. */
interface UploadPlace {
  readonly url: string;
  /** Fields of the form, which come before the file; absent when the bytes are put. */
  readonly fields?: Readonly<Record<string, unknown>>;
}

const STORAGE_TIMEOUT_MS = 120_000;

/**
 * Asks for an upload URL, puts the bytes there and asks for the URL to read them from.
 *
 * @throws AppError `MEDIA_UPLOAD_FAILED`, or what the API answered
 */
export async function uploadReference(request: UploadRequest): Promise<StoredMedia> {
  const { client, reference, mimeType, now, random, version = 1 } = request;
  const family = reference.kind === "image" ? "image" : "media";
  const jobId = `sogni-agent-${now}-${reference.position + 1}-${random}`;
  const type = storageType(reference);
  const query = {
    type,
    jobId,
    contentType: mimeType,
    [family === "image" ? "imageId" : "id"]: reference.id,
  };
  const look = async (key: "uploadUrl" | "downloadUrl") => {
    const path = `/v${version}/${family}/${key}`;
    return await client.call({ method: "GET", path, query, repeat: "safe", bySdk: version === 1 });
  };
  const place = async (): Promise<UploadPlace> => {
    const body = await look("uploadUrl");
    const posted = version === 2 ? asText(fromEnvelope(body, "url")) : undefined;
    const url = posted ?? asText(fromEnvelope(body, "uploadUrl"));
    if (url === undefined) throw uploadFailed(reference, "the API named no place");
    return version === 2 ? { url, fields: asObject(fromEnvelope(body, "fields")) } : { url };
  };
  const failure = await send(client, await place(), request);
  if (failure?.again) {
    const second = await send(client, await place(), request);
    if (second) throw second.error;
  } else if (failure) throw failure.error;
  const body = await look("downloadUrl");
  const url = asText(fromEnvelope(body, "downloadUrl")) ??
    (version === 2 ? asText(fromEnvelope(body, "url")) : undefined);
  if (url === undefined) throw uploadFailed(reference, "the API named no address");
  await checkHandedOn(client, url, reference);
  return { url, jobId, type };
}

async function send(
  client: HostedClient,
  place: UploadPlace,
  request: UploadRequest,
): Promise<{ error: AppError; again: boolean } | undefined> {
  const { reference } = request;
  const url = await checkStorageUrl(client, place.url, reference);
  const { transport = globalTransport, timeoutMs, signal } = client.options;
  const limit = AbortSignal.timeout(Math.max(timeoutMs, STORAGE_TIMEOUT_MS));
  let response: Response;
  try {
    const { method, type, body } = await content(place, request);
    response = await transport(url, {
      method,
      headers: new Headers({ "content-type": type }),
      body,
      signal: signal ? AbortSignal.any([limit, signal]) : limit,
    });
  } catch (cause) {
    if (signal?.aborted) throw new AppError("USER_CANCELLED", "The upload was cancelled.");
    const why = limit.aborted ? "storage did not answer in time" : "the connection failed";
    return { error: uploadFailed(reference, why, { host: url.host }, cause), again: true };
  }
  await response.body?.cancel();
  if (response.ok) return undefined;
  const { status } = response;
  const why = status >= 300 && status < 400
    ? `storage redirects (${status}), which is not followed`
    : `storage answered ${status}`;
  return { error: uploadFailed(reference, why, { status, host: url.host }), again: status >= 500 };
}

/** The bytes themselves, or a form whose last part they are. */
async function content(
  { fields }: UploadPlace,
  { mimeType, bytes, reference }: UploadRequest,
): Promise<{ method: "PUT" | "POST"; type: string; body: UploadRequest["bytes"] }> {
  if (!fields) return { method: "PUT", type: mimeType, body: bytes };
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    if (value !== null && value !== undefined) form.append(name, String(value));
  }
  const file = bytes instanceof Blob ? await bytes.arrayBuffer() : bytes;
  form.append("file", new Blob([file], { type: mimeType }), reference.id);
  const encoded = new Response(form);
  const type = encoded.headers.get("content-type") ?? "multipart/form-data";
  return { method: "POST", type, body: new Uint8Array(await encoded.arrayBuffer()) };
}

/**
 * A presigned URL must be public and https. When the API itself was allowed on this machine or
 * network, its storage may be there too.
 */
async function checkStorageUrl(
  { options: { policy, resolve } }: HostedClient,
  text: string,
  reference: Reference,
): Promise<URL> {
  try {
    if (policy.unsafe) {
      const url = parseUrl(text, ["https:", "http:"]);
      const host = bareHost(url);
      if (host === "localhost" || isLocalAddress(host) || policy.allowedHosts.includes(host)) {
        return url;
      }
    }
    const rules = { protocols: ["https:"], ...(resolve ? { resolve } : {}) };
    return (await checkUrl(text, rules)).url;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    throw uploadFailed(reference, error.message.replace(/\.$/, ""), { ...error.details }, error);
  }
}

/**
 * The download URL only goes back to the API that made it, so that a name which this machine cannot
 * look up is no reason to stop; every other refusal holds.
 */
async function checkHandedOn(
  client: HostedClient,
  text: string,
  reference: Reference,
): Promise<void> {
  try {
    await checkStorageUrl(client, text, reference);
  } catch (error) {
    if (!(error instanceof AppError) || error.details?.reason !== "dns-failed") throw error;
  }
}

function uploadFailed(
  { flag, label }: Reference,
  why: string,
  details: Record<string, unknown> = {},
  cause?: unknown,
): AppError {
  return new AppError("MEDIA_UPLOAD_FAILED", `${flag}: "${label}" was not uploaded: ${why}.`, {
    details: { flag, ...details },
    hint: "Try again; nothing was started or paid for.",
    cause,
  });
}
