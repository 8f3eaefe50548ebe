/** Pictures that the assistant looks at. */
import { AppError } from "../../errors/app_error.ts";
import { guardedFetch } from "../../net/guarded_fetch.ts";
import type { Resolve } from "../../net/resolver.ts";
import type { HostFiles } from "../../platform/host.ts";
import { encodeDataUri } from "./data_uri.ts";
import type { Reference } from "./references.ts";

/** A picture is fetched within this many milliseconds, or the limit for requests if longer. */
export const MAX_VISION_MS = 60_000;

/** What loading needs. */
export interface VisionOptions {
  readonly files: Pick<HostFiles, "readBytes">;
  readonly maxBytes: number;
  readonly timeoutMs: number;
  readonly resolve?: Resolve;
  readonly signal?: AbortSignal;
}

/**
 * The `data:` value of each image reference, in list order.
 *
 * @throws AppError `MISSING_FILE`, `FETCH_FAILED` or `INVALID_URL`
 */
export async function visionImages(
  references: readonly Reference[],
  options: VisionOptions,
): Promise<string[]> {
  const images: string[] = [];
  for (const reference of references.filter(({ kind }) => kind === "image")) {
    images.push(await visionImage(reference, options));
  }
  return images;
}

async function visionImage(reference: Reference, options: VisionOptions): Promise<string> {
  const { form, value, flag } = reference;
  const mimeType = reference.mimeType === "image/png" ? "image/png" : "image/jpeg";
  if (form === "inline") return value;
  if (form === "remote") return encodeDataUri(mimeType, await fetchImage(reference, options));
  try {
    return encodeDataUri(mimeType, await options.files.readBytes(value, options.maxBytes));
  } catch (cause) {
    throw new AppError("MISSING_FILE", `${flag}: "${value}" cannot be read.`, {
      details: { flag, path: value },
      cause,
    });
  }
}

async function fetchImage(
  { value, flag }: Reference,
  options: VisionOptions,
): Promise<Uint8Array> {
  const limit = AbortSignal.timeout(options.timeoutMs);
  try {
    const response = await guardedFetch(value, {
      protocols: ["https:"],
      signal: options.signal ? AbortSignal.any([limit, options.signal]) : limit,
      ...(options.resolve ? { resolve: options.resolve } : {}),
    });
    if (!response.ok) {
      await response.body?.cancel();
      throw fetchFailed(flag, value, `the server answered ${response.status}`, response.status);
    }
    return await readCapped(
      response,
      options.maxBytes,
      () => fetchFailed(flag, value, `it is larger than ${options.maxBytes} bytes`),
    );
  } catch (error) {
    if (error instanceof AppError) throw error;
    if (options.signal?.aborted) throw new AppError("USER_CANCELLED", "The fetch was cancelled.");
    throw fetchFailed(flag, value, limit.aborted ? "it took too long" : "the connection failed");
  }
}

async function readCapped(
  response: Response,
  maxBytes: number,
  tooLarge: () => AppError,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  if (Number(response.headers.get("content-length") ?? 0) > maxBytes) {
    await response.body?.cancel();
    throw tooLarge();
  }
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > maxBytes) throw tooLarge();
    chunks.push(chunk);
  }
  return new Uint8Array(await new Blob(chunks as BlobPart[]).arrayBuffer());
}

function fetchFailed(flag: string, value: string, why: string, status?: number): AppError {
  const host = URL.canParse(value) ? new URL(value).host : "";
  return new AppError("FETCH_FAILED", `${flag}: the picture at ${host} was not fetched: ${why}.`, {
    details: { flag, host, ...(status === undefined ? {} : { status }) },
  });
}
