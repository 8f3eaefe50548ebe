/**
 * Requests to hosts that are known only at run time, other than downloads: presigned uploads, and
 * what a library fetches by itself. Bytes go out whole or, from files, piece by piece; whole bytes come
 * back.
 */
import { type Door, isLoopback } from "./door.ts";
import { FileBody } from "./file_body.ts";
import { readFileRange } from "./assemble.ts";
import type { TransferOptions, TransferResult } from "./host.ts";
import { plainFetch } from "./plain_fetch.ts";

const MAX_REDIRECTS = 5;

/** Headers that are meant for the service and for nobody else. */
const SECRET_HEADER =
  /^(?:authorization|api-key|x-api-key|cookie|proxy-.*|x-app-source|x-sogni-.*)$/i;

/**
 * Sends one request. GET and HEAD follow redirects, each checked like the first; nothing else does.
 *
 * @param door fetches what is not on this machine
 * @throws an error with `code`: `INVALID_URL`, `EREDIRECT`, `EFBIG`, or the system's
 */
export async function transfer(
  url: string,
  options: TransferOptions,
  door: Pick<Door, "fetch">,
): Promise<TransferResult> {
  const { method, signal, parts } = options;
  const body = parts ? new FileBody(parts, { readRange: readFileRange }) : options.body;
  const headers = new Headers(
    options.headers.filter(([name]) => !SECRET_HEADER.test(name)).map(([name, value]) => [
      name,
      value,
    ]),
  );
  const limit = AbortSignal.timeout(options.timeoutMs);
  const init: RequestInit = {
    method,
    headers,
    redirect: "manual",
    signal: signal ? AbortSignal.any([signal, limit]) : limit,
    ...(body ? { body } : {}),
  };
  const followed = options.redirects !== false && (method === "GET" || method === "HEAD");
  let current = new URL(url);
  const first = current;
  for (let hop = 0;; hop++) {
    const response = await send(current, init, options, door, isLoopback(first));
    const location = response.headers.get("location");
    if (response.status < 300 || response.status > 399 || location === null) {
      return await collect(response, options.maxBytes);
    }
    await response.body?.cancel();
    if (!followed) throw failure("EREDIRECT", `${method} was answered with a redirect`);
    if (hop >= MAX_REDIRECTS) throw failure("EREDIRECT", `more than ${MAX_REDIRECTS} redirects`);
    current = new URL(location, current);
  }
}

async function send(
  url: URL,
  init: RequestInit,
  { allowLoopback }: TransferOptions,
  door: Pick<Door, "fetch">,
  startedHere: boolean,
): Promise<Response> {
  if (!isLoopback(url) || !allowLoopback) return await door.fetch(url, init);
  if (!startedHere) throw failure("EREDIRECT", "a redirect leads to this machine");
  return await plainFetch(url, init);
}

async function collect(response: Response, maxBytes: number): Promise<TransferResult> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > maxBytes) throw failure("EFBIG", `the answer is larger than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return {
    status: response.status,
    statusText: response.statusText,
    headers: [...response.headers],
    bytes: new Uint8Array(await new Blob(chunks as BlobPart[]).arrayBuffer()),
  };
}

function failure(code: string, message: string): Error {
  return Object.assign(new Error(message), { code });
}
